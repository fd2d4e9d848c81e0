import { execFileSync } from 'node:child_process';

import { runAttached } from '../common/child.mjs';
import { inRoot, onWindows } from '../common/project.mjs';
import { listFiles, say } from '../common/step.mjs';
import { checkApiPages, writeApiPages } from '../generated/api-pages.mjs';
import { clangTidy } from './clang-tidy.mjs';
import { checkPackage } from './package.mjs';
import { checkNativeRules } from './native-rules.mjs';

const kEslint = inRoot('node_modules', 'eslint', 'bin', 'eslint.js');
const kDependencyCruiser = inRoot('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const kPrettier = inRoot('node_modules', 'prettier', 'bin', 'prettier.cjs');
const kLibraryRooms = inRoot('scripts', 'lint', 'library-rooms.mjs');
const kTypescript = inRoot('node_modules', 'typescript', 'bin', 'tsc');

/** Debian 12's. */
const kClangVersion = '14';

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
    name: 'pages of docs/api',
    check: async () => (await checkApiPages()) === 0,
    fix: async () => (await writeApiPages()) === 0,
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

/** Those that need what only Debian has. */
const kDebianLinters = [
  {
    name: 'clang-format',
    check: () => run('clang-format', ['--dry-run', '-Werror', ...nativeFiles()]),
    fix: () => run('clang-format', ['-i', ...nativeFiles()]),
  },
  { name: 'rules of native/', check: checkNativeRules },
  { name: 'clang-tidy', check: clangTidy },
  { name: 'package', check: checkPackage },
];

/**
 * Runs every linter and names the ones that found a problem.
 * @param {object} options
 * @param {boolean} options.fix whether to fix what the linters can fix, instead of checking
 * @returns {Promise<number>} the exit code
 */
export async function runLinters({ fix }) {
  if (!onWindows) warnOfOtherVersion();
  const failed = [];
  for (const linter of linters()) {
    const work = fix ? linter.fix : linter.check;
    if (!work) continue;
    say(`• ${linter.name}`);
    if (!(await work())) failed.push(linter.name);
  }
  if (failed.length === 0) return 0;
  say(`✗ ${failed.join(', ')}: see above. 'npm run format' fixes what can be fixed automatically.`);
  return 1;
}

/**
 * `check` only checks. `fix` changes the files; a linter without it cannot. Both return whether no
 * problem is left.
 * @returns {{ name: string, check: () => Promise<boolean>, fix?: () => Promise<boolean> }[]}
 */
function linters() {
  return onWindows ? kTypescriptLinters : [...kTypescriptLinters, ...kDebianLinters];
}

/** Other versions of clang-format and clang-tidy have other rules. */
function warnOfOtherVersion() {
  const version = /version (\d+)/.exec(
    execFileSync('clang-format', ['--version'], { encoding: 'utf8' }),
  );
  if (version?.[1] === kClangVersion) return;
  say(
    `This machine has clang-format ${version?.[1]}. The sources follow version ${kClangVersion} ` +
      '(Debian 12), so clang-format and clang-tidy may report more problems here.',
  );
}

/** Lists the sources of the project, without those that a tool makes. */
function nativeFiles() {
  return [
    ...['native', 'test', 'examples'].map((folder) => inRoot(folder)),
    ...[inRoot('bench', 'native'), inRoot('soak', 'native')],
  ]
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
