import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { runCommand } from '../common/command.mjs';
import { inRoot, onWindows, root } from '../common/project.mjs';
import { runStep } from '../common/step.mjs';
import { findCmake } from './windows-cmake.mjs';

const kAdvice = onWindows
  ? 'See the compiler above. Visual Studio 2022 or its Build Tools with C++ are needed.'
  : 'See the compiler above. To build anew, delete the build folders and run the command again.';

const kFolder = inRoot('build');

/** The addon as it is released, and its proxy/stub DLL: build/Release/async_com{.node,_ps.dll}. */
export const buildAddon = () =>
  build({
    what: 'the addon',
    target: 'released',
    stamp: '.set-up',
    sources: [],
  });

/**
 * What the tests and the benchmark need beside it: the test addon, which has the contract's faults,
 * and COM programs that are not ours. build/tests/build/Release has them.
 */
export const buildForTests = () =>
  build({
    what: 'the test addon and other COM programs (for the tests)',
    target: 'all',
    stamp: '.set-up-tests',
    sources: ['test/interop/programs', 'test/native', 'bench/native'],
  });

/**
 * @param {object} build
 * @param {string} build.what
 * @param {string} build.target
 * @param {string} build.stamp
 * @param {string[]} build.sources beside the addon's
 */
function build({ what, target, stamp, sources }) {
  const configure = ['--log-level=error', '--out', kFolder, '--config', 'Release', ...toolchain()];
  return runStep({
    name: `Build ${what}`,
    stamp: join(kFolder, stamp),
    files: ['CMakeLists.txt', 'package-lock.json', 'cmake', 'native', ...sources].map((name) =>
      inRoot(name),
    ),
    settings: { configure, root },
    advice: kAdvice,
    async work() {
      await configureOnce(kFolder, configure);
      await cmakeJs('build', [...configure, '--target', target]);
    },
  });
}

function toolchain() {
  if (onWindows) return [`--cmake-path=${findCmake()}`];
  // Naming the compilers keeps cmake-js from asking for one that builds for Linux.
  return [
    '--cc=x86_64-w64-mingw32-gcc-posix',
    '--cxx=x86_64-w64-mingw32-g++-posix',
    '--generator=Ninja',
    `--CDCMAKE_TOOLCHAIN_FILE=${inRoot('cmake', 'mingw-w64.cmake')}`,
  ];
}

/**
 * Anew in a clone that was moved, with other options or packages, or when it was cut short: CMake
 * would keep what it found out before.
 * @param {string} folder
 * @param {string[]} configure
 */
async function configureOnce(folder, configure) {
  const marker = join(folder, '.configured');
  const packages = readFileSync(inRoot('package-lock.json'), 'utf8');
  const wanted = JSON.stringify([root, configure, packages]);
  if (existsSync(marker) && readFileSync(marker, 'utf8') === wanted) return;
  rmSync(folder, { recursive: true, force: true });
  await cmakeJs('configure', configure);
  writeFileSync(marker, wanted);
}

/**
 * @param {string} command
 * @param {string[]} args
 */
async function cmakeJs(command, args) {
  await runCommand(process.execPath, [
    inRoot('node_modules', 'cmake-js', 'bin', 'cmake-js'),
    command,
    ...args,
  ]);
}
