import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { runCommand } from '../common/command.mjs';
import { inRoot, onWindows, root } from '../common/project.mjs';
import { runStep } from '../common/step.mjs';
import { findCmake } from './windows-cmake.mjs';

const kAdvice = onWindows
  ? 'See the compiler above. Visual Studio 2022 or its Build Tools with C++ are needed.'
  : 'See the compiler above. To build anew, delete the build folders and run the command again.';

/** The addon as it is released, and its proxy/stub DLL: build/Release/async_com{.node,_ps.dll}. */
export const buildAddon = () => build('the addon', inRoot('build'), [], []);

/**
 * What the tests and the benchmark need: the addon with the contract's faults in it, and COM programs
 * that are not ours. build-faults/build/Release has both.
 */
export const buildForTests = () =>
  build(
    'the addon with faults, and other COM programs (for the tests)',
    inRoot('build-faults', 'build'),
    ['--CDASYNC_COM_FAULTS=ON'],
    [inRoot('test', 'interop', 'programs'), inRoot('test', 'native'), inRoot('bench', 'native')],
  );

/**
 * @param {string} what
 * @param {string} folder
 * @param {string[]} options
 * @param {string[]} sources beside the addon's
 */
function build(what, folder, options, sources) {
  const configure = [
    '--log-level=error',
    '--out',
    folder,
    '--config',
    'Release',
    ...options,
    ...toolchain(),
  ];
  return runStep({
    name: `Build ${what}`,
    stamp: join(folder, '.set-up'),
    files: [
      ...['CMakeLists.txt', 'package-lock.json', 'cmake', 'native'].map((name) => inRoot(name)),
      ...sources,
    ],
    settings: { configure, root },
    advice: kAdvice,
    async work() {
      await configureOnce(folder, configure);
      await cmakeJs('build', configure);
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
