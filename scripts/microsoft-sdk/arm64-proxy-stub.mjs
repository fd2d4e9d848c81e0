// Links the proxy/stub DLL for arm64, for which Debian has no mingw-w64. It needs no C run-time library.
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { inCache, inRoot } from '../common/project.mjs';
import { runClang } from './clang.mjs';

const kLinker = 'lld-link-19';
const kFolder = inCache('arm64');

const kSources = [
  'native/idl/generated/method_call_i.c',
  'native/idl/proxy_stub.c',
  'native/proxy_stub/dll_entries.cpp',
];

const kUserMarshal = ['UserSize', 'UserMarshal', 'UserUnmarshal', 'UserFree'];
const kStubMethods = [
  ...['QueryInterface', 'AddRef', 'Connect', 'Disconnect', 'Invoke', 'IsIIDSupported', 'CountRefs'],
  ...['DebugServerQueryInterface', 'DebugServerRelease'],
];

/** What the proxy/stub imports. The SDK's import libraries are in a package that nothing else needs. */
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

/** @returns {Promise<boolean>} whether the DLL could be linked, as .cache/arm64/async_com_ps.dll */
export async function linkArm64ProxyStub() {
  rmSync(kFolder, { recursive: true, force: true });
  mkdirSync(kFolder, { recursive: true });
  const inputs = [];
  for (const [place, source] of kSources.entries()) {
    const object = join(kFolder, `${place}.obj`);
    const { ok, messages } = await runClang({
      processor: 'arm64',
      language: source.endsWith('.c') ? 'c' : 'c++',
      args: ['-O2', '-fno-stack-protector', '-c', inRoot(source), '-o', object],
    });
    process.stdout.write(messages);
    if (!ok) return false;
    inputs.push(object);
  }
  for (const [library, names] of Object.entries(kImports)) {
    const definition = join(kFolder, `${library}.def`);
    writeFileSync(definition, [`LIBRARY ${library}.dll`, 'EXPORTS', ...names, ''].join('\n'));
    const imports = join(kFolder, `${library}.lib`);
    if (!(await link('/lib', `/def:${definition}`, `/out:${imports}`))) return false;
    inputs.push(imports);
  }
  return link(
    ...['/dll', '/noentry', '/nodefaultlib', '/Brepro'],
    `/def:${inRoot('native', 'proxy_stub', 'async_com_ps.def')}`,
    `/out:${join(kFolder, 'async_com_ps.dll')}`,
    ...inputs,
  );
}

/**
 * @param {string} first
 * @param {string[]} args
 */
async function link(first, ...args) {
  try {
    await promisify(execFile)(kLinker, [first, '/machine:arm64', ...args]);
    return true;
  } catch (error) {
    const { stdout, stderr } = /** @type {any} */ (error);
    process.stdout.write(`${stdout}${stderr}`);
    return false;
  }
}
