import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { runCommand } from '../common/command.mjs';
import { inCache, inRoot, onWindows, root } from '../common/project.mjs';
import { runStep } from '../common/step.mjs';
import { findCmake } from './windows-cmake.mjs';

const kAdvice = onWindows
  ? 'See the compiler above. Visual Studio 2022 or its Build Tools with C++ are needed.'
  : 'See the compiler above. To build everything again, delete build/ and run the command again.';

const kFolder = inRoot('build');

const kCompiler = 'x86_64-w64-mingw32-g++-posix';

const kToolchain = inRoot('cmake', 'mingw-w64.cmake');

/** The versions of GCC that compile the sources without a warning. */
const kTriedCompilers = ['12', '14'];

/** Builds the addon as it is released, and its proxy/stub DLL, in build/Release. */
export const buildAddon = () =>
  build({
    what: 'the addon',
    target: 'released',
    stamp: '.set-up',
    sources: [],
  });

/**
 * Builds what only the tests and the benchmark need, in build/tests/build/Release: the test addon,
 * which has the contract's faults, and COM programs that do not use async-com.
 */
export const buildForTests = () =>
  build({
    what: 'the test addon and other COM programs (for the tests)',
    target: 'all',
    stamp: '.set-up-tests',
    sources: ['test/interop/programs', 'test/native', 'bench/native'],
  });

/** What the tests have for 32 bits: CMake's target, its file, and the name beside the other programs. */
const k32BitFiles = [
  ['async_com_ps', 'Release/async_com_ps.dll', 'async_com_ps_x86.dll'],
  [
    'interop_sync_client',
    'tests/build/Release/interop_sync_client.exe',
    'interop_sync_client_x86.exe',
  ],
  [
    'interop_dispatch_client',
    'tests/build/Release/interop_dispatch_client.exe',
    'interop_dispatch_client_x86.exe',
  ],
];

/** The folder of the 32-bit build. */
const k32BitFolder = inCache('x86');

/** The folder of the released build. */
export const kRelease = join(kFolder, 'Release');

/**
 * Builds the proxy/stub for 32-bit programs.
 * @returns {Promise<string>} its path
 */
export async function buildProxyStub32() {
  const dll = join(k32BitFolder, 'Release', 'async_com_ps.dll');
  await runStep({
    name: 'Build the proxy/stub for 32-bit programs',
    stamp: join(k32BitFolder, 'Release', '.set-up'),
    files: ['CMakeLists.txt', 'cmake', 'native/idl', 'native/proxy_stub'].map((name) =>
      inRoot(name),
    ),
    settings: { root },
    advice: kAdvice,
    work: () => build32Bit(['async_com_ps']),
  });
  return dll;
}

/** @param {string[]} targets */
async function build32Bit(targets) {
  await runCommand('cmake', [
    ...['-G', 'Ninja', '-S', root, '-B', k32BitFolder, '-DCMAKE_BUILD_TYPE=Release'],
    `-DCMAKE_TOOLCHAIN_FILE=${kToolchain}`,
    ...['-DCMAKE_SYSTEM_PROCESSOR=i686', '-DASYNC_COM_ADDON=OFF'],
  ]);
  await runCommand('cmake', ['--build', k32BitFolder, '--target', ...targets]);
}

/** Builds 32-bit C++ clients and the proxy/stub for them. */
export function build32BitClient() {
  const folder = k32BitFolder;
  const tests = join(kFolder, 'tests', 'build', 'Release');
  return runStep({
    name: 'Build 32-bit clients (for the tests)',
    stamp: join(tests, '.set-up-x86'),
    files: [
      'CMakeLists.txt',
      'cmake',
      'native/idl',
      'native/proxy_stub',
      'test/interop/programs',
    ].map((name) => inRoot(name)),
    settings: { root },
    advice: kAdvice,
    async work() {
      await build32Bit(k32BitFiles.map(([target = '']) => target));
      for (const [, file = '', name = ''] of k32BitFiles) {
        copyFileSync(join(folder, file), join(tests, name));
      }
    },
  });
}

/**
 * @param {object} build
 * @param {string} build.what
 * @param {string} build.target
 * @param {string} build.stamp
 * @param {string[]} build.sources folders of sources that the addon does not have
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
  // Without the compilers' names cmake-js asks for a compiler that builds for Linux.
  return [
    '--cc=x86_64-w64-mingw32-gcc-posix',
    `--cxx=${kCompiler}`,
    ...(compilerWasTried() ? ['--CDASYNC_COM_WARNINGS_AS_ERRORS=ON'] : []),
    '--generator=Ninja',
    `--CDCMAKE_TOOLCHAIN_FILE=${kToolchain}`,
  ];
}

/** Another version may warn about more. Its warnings are not errors until it has been tried. */
function compilerWasTried() {
  const { stdout } = spawnSync(kCompiler, ['-dumpversion'], { encoding: 'utf8' });
  return kTriedCompilers.includes(stdout?.split(/[.-]/)[0] ?? '');
}

/**
 * Configures, unless that was done in this folder with the same options and packages. It removes
 * the folder first, since CMake keeps what it found before.
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
