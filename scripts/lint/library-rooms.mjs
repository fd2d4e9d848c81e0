// The rules about imports in lib/, for dependency-cruiser.
import { fileURLToPath } from 'node:url';

/**
 * The rooms of lib/, in groups. A room may import itself and the rooms of earlier groups.
 * ARCHITECTURE.md says what each room is for.
 */
const kRooms = [
  ['value'],
  ['native'],
  ['errors'],
  ['security'],
  ['automation'],
  ['client', 'server'],
  ['registration'],
  ['ipc'],
  ['verify', 'doctor'],
  ['cli'],
];

const kAnyRoom = `^lib/(${kRooms.flat().join('|')})/`;

/** @param {number} place of a group */
function rulesOfGroup(place) {
  const notBefore = kRooms.slice(place).flat();
  return (kRooms[place] ?? []).map((room) => ({
    name: `${room}-imports-earlier-rooms`,
    from: { path: `^lib/${room}/` },
    to: { path: `^lib/(${notBefore.join('|')})/`, pathNot: `^lib/${room}/` },
  }));
}

const kRules = [
  // Circles of types count too: see tsPreCompilationDeps.
  { name: 'no-circle', from: { path: '^lib/' }, to: { circular: true } },
  { name: 'nothing-imports-the-index', from: { path: '^lib/' }, to: { path: '^lib/index[.]ts$' } },
  {
    name: 'the-library-needs-no-command',
    from: { path: '^lib/index[.]ts$' },
    to: { path: '^lib/(ipc|verify|doctor|cli)/', reachable: true },
  },
  {
    name: 'every-file-has-a-room',
    from: { path: '^lib/', pathNot: `^lib/index[.]ts$|${kAnyRoom}` },
    to: {},
  },
  {
    name: 'every-import-has-a-room',
    from: { path: '^lib/' },
    to: { path: '^lib/', pathNot: `^lib/index[.]ts$|${kAnyRoom}` },
  },
  ...kRooms.flatMap((_, place) => rulesOfGroup(place)),
];

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: kRules.map((rule) => ({ ...rule, severity: 'error' })),
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: fileURLToPath(new URL('../../tsconfig.lib.json', import.meta.url)) },
  },
};
