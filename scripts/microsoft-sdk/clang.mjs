// Compiles sources as Microsoft's compiler would: with clang, for its target, with the headers of
// Microsoft's SDK. Nothing is linked.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { inRoot, root } from '../common/project.mjs';
import { kClang, sdk } from '../setup/microsoft-sdk.mjs';

const kLlvm = '/usr/lib/llvm-19';

/** The processors, by clang's names. */
export const kProcessors = { x64: 'x86_64', arm64: 'aarch64', x86: 'i686' };

/** @typedef {keyof typeof kProcessors} Processor */

const kDefines = [
  // As in CMakeLists.txt and cmake/node_api.cmake.
  ...['UNICODE', '_UNICODE', 'NDEBUG', 'NOMINMAX', 'WIN32_LEAN_AND_MEAN', '_WIN32_WINNT=0x0A00'],
  ...['NAPI_VERSION=9', 'NODE_ADDON_API_CPP_EXCEPTIONS', 'NODE_ADDON_API_CPP_EXCEPTIONS_ALL'],
  'NODE_API_SWALLOW_UNTHROWABLE_EXCEPTIONS',
];

const kIncludes = ['native', 'native/idl/generated', 'test/interop/programs'];

/** Microsoft's compiler has its own C++ library. libc++ stands for it. */
const kCxx = [
  ...['-std=c++20', '-fcxx-exceptions', '-fexceptions', '-fexperimental-library'],
  ...['-Wall', '-Wextra', '-Wpedantic', '-Werror'],
  '-Wno-language-extension-token', // __uuidof
];

/**
 * @param {Processor} processor
 * @param {string} language 'c', 'c++' or 'c++-header'
 */
function flags(processor, language) {
  const system = [
    // Stand-ins for the headers of Microsoft's run-time library, which the SDK does not contain.
    inRoot('scripts', 'microsoft-sdk', 'vcruntime'),
    ...(language === 'c' ? [] : [`${kLlvm}/include/c++/v1`]),
    `${kLlvm}/lib/clang/19/include`,
    ...sdk.includes,
    inRoot('node_modules', 'node-api-headers', 'include'),
    inRoot('node_modules', 'node-addon-api'),
  ];
  return [
    ...[`--target=${kProcessors[processor]}-pc-windows-msvc`, '-fms-compatibility-version=19.44'],
    ...['-nostdinc', '-ivfsoverlay', sdk.overlay, ...system.map((folder) => `-isystem${folder}`)],
    ...kIncludes.map((folder) => `-I${inRoot(folder)}`),
    ...kDefines.map((define) => `-D${define}`),
    ...(language === 'c' ? ['-std=c17', '-w'] : kCxx),
    ...['-x', language],
  ];
}

/**
 * @param {object} compilation
 * @param {Processor} compilation.processor
 * @param {string} compilation.language
 * @param {string[]} compilation.args further arguments: the source, and what to do with it
 * @returns {Promise<{ ok: boolean, output: string, messages: string }>}
 */
export async function runClang({ processor, language, args }) {
  const all = [...flags(processor, language), ...args];
  try {
    const { stdout, stderr } = await promisify(execFile)(kClang, all, {
      cwd: root,
      maxBuffer: 2 ** 28,
    });
    return { ok: true, output: stdout, messages: stderr };
  } catch (error) {
    const { code, stdout, stderr } = /** @type {any} */ (error);
    if (typeof code !== 'number') throw error;
    return { ok: false, output: stdout, messages: stderr };
  }
}
