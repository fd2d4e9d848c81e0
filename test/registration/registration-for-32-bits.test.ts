import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { register, unregister } from 'async-com';

import { methodCallIid, proxyStubClsid } from '#lib/registration/entries.js';
import { readKey, readText } from '#lib/registration/registry.js';

import { TemporaryModule } from '../support/registered-module.js';
import { exportClasses } from '../support/registry.js';

const view = 'Software\\Classes\\Wow6432Node';
const server = `${view}\\CLSID\\${proxyStubClsid}\\InprocServer32`;

/** A folder like a package's, with files in place of the DLLs. These tests do not load them. */
function packageIn(folder: string, name: string, has32 = true) {
  const prebuilds = join(folder, name, 'prebuilds');
  const dll = join(prebuilds, 'win32-x64', 'async_com_ps.dll');
  const dllArm64 = join(prebuilds, 'win32-arm64', 'async_com_ps.dll');
  const dll32 = join(prebuilds, 'win32-ia32', 'async_com_ps.dll');
  for (const file of [dll, dllArm64, ...(has32 ? [dll32] : [])]) {
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, '');
  }
  return { dll, dllArm64, dll32 };
}

describe('a registration with the proxy/stub of a package', function () {
  this.timeout(60_000);

  let folder = '';

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'async-com-'));
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('serves 32-bit programs, too, and leaves nothing when it is removed', async () => {
    const { dll, dll32 } = packageIn(folder, 'one');
    using module = await TemporaryModule.write();
    const before = exportClasses();
    await register(module.path, { proxyStub: dll });
    try {
      assert.equal(readText('HKCU', server), dll32);
      const one = `${view}\\Interface\\${methodCallIid}`;
      assert.equal(readText('HKCU', `${one}\\ProxyStubClsid32`), proxyStubClsid);
      assert.notEqual(readKey('HKCU', `${one}\\AsynchronousInterface`), null);
    } finally {
      await unregister(module.path);
    }
    assert.equal(readKey('HKCU', server), null);
    assert.deepEqual(exportClasses(), before);
  });

  it('hands them on to another class when it is removed', async () => {
    const [one, two] = [packageIn(folder, 'one'), packageIn(folder, 'two')];
    using first = await TemporaryModule.write();
    using second = await TemporaryModule.write();
    const before = exportClasses();
    await register(first.path, { proxyStub: one.dll });
    await register(second.path, { proxyStub: two.dll });
    try {
      await unregister(first.path);
      assert.equal(readText('HKCU', server), two.dll32);
    } finally {
      await unregister(second.path);
    }
    assert.deepEqual(exportClasses(), before);
  });

  // Programs for x64 and for arm64 read the same key.
  it('has the one DLL that was named for 64-bit programs, be it for x64 or for arm64', async () => {
    const { dll, dllArm64, dll32 } = packageIn(folder, 'arm64');
    using module = await TemporaryModule.write();
    for (const named of [dll, dllArm64]) {
      const written = await register(module.path, { proxyStub: named, dryRun: true });
      const dlls = written
        .filter(({ key, name }) => key.endsWith('\\InprocServer32') && name === '')
        .map(({ data }) => data);
      assert.deepEqual(dlls, [named, dll32]);
    }
  });

  it('writes nothing for 32-bit programs if the package has no proxy/stub for them', async () => {
    const { dll } = packageIn(folder, 'without', false);
    using module = await TemporaryModule.write();
    const written = await register(module.path, { proxyStub: dll, dryRun: true });
    assert.ok(written.some(({ data }) => data === dll));
    assert.deepEqual(
      written.filter(({ key }) => key.startsWith(view)),
      [],
    );
  });
});
