// The linters. `check` only looks; `fix` mends, where the linter can. Both answer whether all is
// well.
import { runAttached } from '../common/child.mjs';
import { inRoot, onWindows } from '../common/project.mjs';
import { listFiles } from '../common/step.mjs';
import { clangTidy } from './clang-tidy.mjs';
import { checkNativeRules } from './native-rules.mjs';

const kEslint = inRoot('node_modules', 'eslint', 'bin', 'eslint.js');
const kDependencyCruiser = inRoot(
  'node_modules',
  'dependency-cruiser',
  'bin',
  'dependency-cruise.mjs',
);
const kPrettier = inRoot('node_modules', 'prettier', 'bin', 'prettier.cjs');
const kLibraryRooms = inRoot('scripts', 'lint', 'library-rooms.mjs');
const kTypescript = inRoot('node_modules', 'typescript', 'bin', 'tsc');

const kTypescriptLinters = [
  {
    name: 'eslint',
    check: () => run(process.execPath, [kEslint, '.']),
    fix: () => run(process.execPath, [kEslint, '--fix', '.']),
  },
  {
    name: 'rooms of lib/',
    check: () =>
      run(process.execPath, [
        kDependencyCruiser,
        '--config',
        kLibraryRooms,
        '--no-progress',
        'lib',
      ]),
  },
  {
    name: 'types of the scripts',
    check: () => run(process.execPath, [kTypescript, '--project', 'tsconfig.scripts.json']),
  },
  {
    name: 'prettier',
    check: () => run(process.execPath, [kPrettier, '--log-level=warn', '--check', '.']),
    fix: () => run(process.execPath, [kPrettier, '--log-level=warn', '--write', '.']),
  },
];

const kNativeLinters = [
  {
    name: 'clang-format',
    check: () => run('clang-format', ['--dry-run', '-Werror', ...nativeFiles()]),
    fix: () => run('clang-format', ['-i', ...nativeFiles()]),
  },
  { name: 'rules of native/', check: checkNativeRules },
  { name: 'clang-tidy', check: clangTidy },
];

/** @type {{ name: string, check: () => Promise<boolean>, fix?: () => Promise<boolean> }[]} */
export const kLinters = onWindows ? kTypescriptLinters : [...kTypescriptLinters, ...kNativeLinters];

/** Ours: what is made by a tool is left as it is. */
function nativeFiles() {
  return [inRoot('native'), inRoot('test'), inRoot('bench', 'native')]
    .flatMap(listFiles)
    .filter((file) => /\.(cpp|h)$/.test(file) && !/[\\/]generated[\\/]/.test(file));
}

/**
 * @param {string} command
 * @param {string[]} args
 */
async function run(command, args) {
  return (await runAttached(command, args)) === 0;
}
