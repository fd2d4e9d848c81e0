// Builds the proxy/stub DLL for programs for arm64. Debian has no GCC for Windows on arm64: clang compiles
// it, with the headers of mingw-w64, and LLVM's linker links it. It needs no C run-time library.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { runCommand } from '../common/command.mjs';
import { inCache, inRoot } from '../common/project.mjs';
import { runStep } from '../common/step.mjs';
import { kClang } from './microsoft-sdk.mjs';

const kLinker = 'lld-link-19';
const kFolder = inCache('arm64');

/** The headers of mingw-w64, which are the same for every processor. */
const kHeaders = '/usr/share/mingw-w64/include';

export const kArm64Sources = [
  'native/idl/generated/method_call_i.c',
  'native/idl/proxy_stub.c',
  'native/proxy_stub/dll_entries.cpp',
];

/** What every compiler of them needs to know: to leave out what a C run-time library would provide. */
export const kArm64Flags = ['-O2', '-fno-stack-protector'];

const kDefines = ['UNICODE', '_UNICODE', 'NDEBUG', 'WIN32_LEAN_AND_MEAN', '_WIN32_WINNT=0x0A00'];

const kUserMarshal = ['UserSize', 'UserMarshal', 'UserUnmarshal', 'UserFree'];
const kStubMethods = [
  ...['QueryInterface', 'AddRef', 'Connect', 'Disconnect', 'Invoke', 'IsIIDSupported', 'CountRefs'],
  ...['DebugServerQueryInterface', 'DebugServerRelease'],
];

/** What the proxy/stub imports. Debian has no import libraries for arm64. */
const kImports = {
  oleaut32: ['BSTR', 'LPSAFEARRAY', 'VARIANT'].flatMap((type) =>
    kUserMarshal.map((method) => `${type}_${method}`),
  ),
  rpcrt4: [
    ...kStubMethods.map((method) => `CStdStubBuffer_${method}`),
    ...['QueryInterface', 'AddRef', 'Release'].map((method) => `IUnknown_${method}_Proxy`),
    ...['NdrCStdStubBuffer_Release', 'NdrDllCanUnloadNow', 'NdrDllGetClassObject'],
    ...['NdrOleAllocate', 'NdrOleFree'],
  ],
};

/**
 * Builds the proxy/stub for arm64.
 * @returns {Promise<string>} its path
 */
export async function buildProxyStubArm64() {
  await runStep({
    name: 'Build the proxy/stub for arm64',
    stamp: join(kFolder, '.set-up'),
    files: ['native/idl', 'native/proxy_stub', 'scripts/setup/arm64-proxy-stub.mjs'].map((name) =>
      inRoot(name),
    ),
    advice: 'See the message above.',
    async work() {
      await makeArm64ProxyStub(kFolder);
    },
  });
  return join(kFolder, 'async_com_ps.dll');
}

/**
 * Makes the DLL in a folder of its own. The same sources give the same bytes, in any folder.
 * @param {string} folder
 * @returns {Promise<string>} its path
 */
export async function makeArm64ProxyStub(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const objects = [];
  for (const [place, source] of kArm64Sources.entries()) {
    const object = join(folder, `${place}.obj`);
    await runCommand(kClang, [
      ...['--target=aarch64-w64-windows-gnu', '-nostdlibinc', `-isystem${kHeaders}`],
      ...['native', 'native/idl/generated'].map((name) => `-I${inRoot(name)}`),
      ...kDefines.map((define) => `-D${define}`),
      // MIDL's files are not written for other compilers than Microsoft's.
      ...(source.endsWith('.c')
        ? ['-std=c17', '-w']
        : ['-std=c++20', '-Wall', '-Wextra', '-Wpedantic', '-Werror']),
      ...[...kArm64Flags, '-c', source, '-o', object],
    ]);
    objects.push(object);
  }
  return linkArm64ProxyStub(objects, folder);
}

/**
 * @param {string[]} objects
 * @param {string} folder
 * @returns {Promise<string>} the path of the DLL
 */
export async function linkArm64ProxyStub(objects, folder) {
  const libraries = [];
  for (const [dll, names] of Object.entries(kImports)) {
    const definition = join(folder, `${dll}.def`);
    writeFileSync(definition, [`LIBRARY ${dll}.dll`, 'EXPORTS', ...names, ''].join('\n'));
    const library = join(folder, `${dll}.lib`);
    await runCommand(kLinker, ['/lib', '/machine:arm64', `/def:${definition}`, `/out:${library}`]);
    libraries.push(library);
  }
  const dll = join(folder, 'async_com_ps.dll');
  await runCommand(kLinker, [
    ...['/machine:arm64', '/dll', '/noentry', '/nodefaultlib'],
    '/Brepro', // a hash of the file instead of the time
    '/subsystem:windows,6.02', // as Microsoft's linker writes for ARM, and no lower
    `/def:${inRoot('native', 'proxy_stub', 'async_com_ps.def')}`,
    `/out:${dll}`,
    ...objects,
    ...libraries,
  ]);
  return dll;
}
