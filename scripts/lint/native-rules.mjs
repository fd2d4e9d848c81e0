// Rules about the C++ sources that no ready-made linter knows. Each gives the lines that break it.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

import { inRoot, root } from '../common/project.mjs';
import { listFiles, say } from '../common/step.mjs';

/** @typedef {{ path: string, text: string }} Source */

/** @returns {Promise<boolean>} whether no rule is broken */
export async function checkNativeRules() {
  const sources = listFiles(inRoot('native'))
    .filter((file) => /\.(cpp|h|c)$/.test(file))
    .map((file) => ({
      path: relative(root, file).replaceAll('\\', '/'),
      text: readFileSync(file, 'utf8'),
    }));
  const broken = [...waitsOnAtomics(sources), ...includesAgainstTheOrder(sources)];
  for (const line of broken) say(line);
  return broken.length === 0;
}

/**
 * The rooms of native/, each of which may include itself and those before it. ARCHITECTURE.md
 * says what each is for.
 */
export const kRooms = [
  'idl',
  'proxy_stub',
  'com',
  'security',
  'value',
  'threads',
  'server',
  'client',
  'probes',
  'node',
  'testing',
];

/**
 * Includes of a room that comes later, files in no room, and Node-API outside `node` and `testing`.
 * @param {Source[]} sources
 * @returns {string[]}
 */
export function includesAgainstTheOrder(sources) {
  const roomOf = (/** @type {string} */ path) => kRooms.indexOf(path.split('/')[0] ?? '');
  return linesOf(sources).flatMap(({ at, path, line }) => {
    const file = path.replace(/^native\//, '');
    // The precompiled headers belong to no room and are included by none.
    if (/^precompiled_\w+\.h$/.test(file)) return [];
    const room = roomOf(file);
    if (room === -1) return at.endsWith(':1') ? [`${path}: in none of the rooms of native/`] : [];
    const [, included = ''] = /^\s*#\s*include\s*["<]([^">]+)[">]/.exec(line) ?? [];
    if (included === 'napi.h' && room < roomOf('node')) {
      return [`${at}: ${kRooms[room]} knows nothing of Node`];
    }
    return roomOf(included) > room
      ? [`${at}: ${kRooms[room]} may not include ${kRooms[roomOf(included)]}, which comes later`]
      : [];
  });
}

/**
 * libstdc++ without a futex, which is mingw-w64's, loses wake-ups in std::atomic::wait, and in all
 * that is built on it: a thread then waits for ever. Lock and Condition (com/lock.h) do not.
 * @param {Source[]} sources
 * @returns {string[]}
 */
export function waitsOnAtomics(sources) {
  const atomics = new Set(
    sources.flatMap(({ text }) =>
      [...text.matchAll(/\batomic(?:_flag\b|<[^;{]*?>)\s+(\w+)\s*[;{=]/g)].map(([, name]) => name),
    ),
  );
  return linesOf(sources).flatMap(({ at, line }) => {
    if (
      /^\s*#\s*include\s*<(latch|barrier|semaphore)>/.test(line) ||
      /\batomic_(wait|notify)/.test(line)
    ) {
      return [`${at}: ${line.trim()}: wait with a Lock and a Condition (com/lock.h)`];
    }
    const used = /\b(\w+)\s*(?:\.|->)\s*(?:wait|notify_one|notify_all)\s*\(/.exec(line);
    return used?.[1] !== undefined && atomics.has(used[1])
      ? [`${at}: waits on the atomic ${used[1]}: use a Lock and a Condition (com/lock.h)`]
      : [];
  });
}

/** @param {Source[]} sources */
function linesOf(sources) {
  return sources.flatMap(({ path, text }) =>
    text.split('\n').map((line, index) => ({ at: `${path}:${index + 1}`, path, line })),
  );
}
