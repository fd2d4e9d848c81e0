import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { runCommand } from '../common/command.mjs';
import { inRoot, onWindows, root } from '../common/project.mjs';
import { listFiles, runStep } from '../common/step.mjs';

const kAdvice = onWindows
  ? 'See the compiler above. Visual Studio 2022 (or its Build Tools) with C++ and CMake are needed.'
  : 'See the compiler above. To build anew, delete the build folders and run the command again.';

/** The addon as it is released: build/Release/async_com.node. */
export const buildAddon = () => build('the addon', inRoot('build'), []);

/**
 * The addon with the contract's faults in it, for the tests: build-
 * faults/build/Release/async_com.node.
 */
export const buildFaultyAddon = () =>
  build('the addon with faults (for the tests)', inRoot('build-faults', 'build'), [
    '--CDASYNC_COM_FAULTS=ON',
  ]);

/**
 * @param {string} what
 * @param {string} folder
 * @param {string[]} options
 */
function build(what, folder, options) {
  const configure = ['--out', folder, '--config', 'Release', ...options, ...toolchain()];
  return runStep({
    name: `Build ${what}`,
    stamp: join(folder, '.set-up'),
    files: sources(),
    settings: { configure, root },
    advice: kAdvice,
    async work() {
      if (!isConfiguredHere(folder)) {
        rmSync(folder, { recursive: true, force: true });
        await cmakeJs('configure', configure);
      }
      await cmakeJs('build', configure);
    },
  });
}

function toolchain() {
  if (onWindows) return [];
  // Naming the compilers keeps cmake-js from asking for one that builds for Linux.
  return [
    '--cc=x86_64-w64-mingw32-gcc-posix',
    '--cxx=x86_64-w64-mingw32-g++-posix',
    '--generator=Ninja',
    `--CDCMAKE_TOOLCHAIN_FILE=${inRoot('cmake', 'mingw-w64.cmake')}`,
  ];
}

const sources = () => [
  inRoot('CMakeLists.txt'),
  inRoot('package-lock.json'),
  ...listFiles(inRoot('cmake')),
  ...listFiles(inRoot('native')),
];

/**
 * A clone that was moved, or a configuration that was cut short, is configured anew.
 * @param {string} folder
 */
function isConfiguredHere(folder) {
  const cmakeCache = join(folder, 'CMakeCache.txt');
  const isComplete = existsSync(join(folder, onWindows ? 'async_com.sln' : 'build.ninja'));
  return (
    isComplete && readFileSync(cmakeCache, 'utf8').includes(`async_com_SOURCE_DIR:STATIC=${root}\n`)
  );
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
