import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { readPeFile } from '../support/pe-file.js';
import { skip } from '../support/skip.js';
import { importScript, root } from './scripts.js';

interface Builder {
  readonly makeArm64ProxyStub: (folder: string) => Promise<string>;
}

// Nothing here loads this DLL: these tests look at the file.
describe('the proxy/stub for arm64', function () {
  this.timeout(60_000);
  const built = path.join(root, 'build/Release/async_com_ps.dll');
  let folder = '';
  let dll = '';
  let builder: Builder;

  before(async function () {
    if (process.platform === 'win32') skip(this, 'it is linked on Debian only');
    for (const tool of ['clang-19', 'lld-link-19']) {
      if (spawnSync(tool, ['--version']).error) {
        skip(this, `${tool} is not installed: \`npm pack\` installs it`);
      }
    }
    builder = (await importScript('setup/arm64-proxy-stub.mjs')) as Builder;
    folder = mkdtempSync(path.join(tmpdir(), 'async-com-arm64-'));
    dll = await builder.makeArm64ProxyStub(path.join(folder, 'one'));
  });

  after(() => {
    if (folder) rmSync(folder, { recursive: true });
  });

  it('is a DLL for arm64', () => {
    assert.equal(readPeFile(dll).machine, 'arm64');
  });

  it('exports what the one for x64 exports, which is for x64 (control)', () => {
    const x64 = readPeFile(built);
    assert.equal(x64.machine, 'x64');
    assert.deepEqual(x64.exports, ['DllCanUnloadNow', 'DllGetClassObject']);
    assert.deepEqual(readPeFile(dll).exports, x64.exports);
  });

  it('imports what the one for x64 imports from COM and RPC, and nothing else', () => {
    const { 'oleaut32.dll': types, 'rpcrt4.dll': rpc } = readPeFile(built).imports;
    const { 'oleaut32.dll': ownTypes, 'rpcrt4.dll': ownRpc, ...others } = readPeFile(dll).imports;
    assert.deepEqual(others, {});
    assert.ok(types && rpc);
    assert.deepEqual(ownTypes, types);
    assert.deepEqual(ownRpc, rpc);
  });

  it('has the same bytes when it is built again, in another folder', async () => {
    const again = await builder.makeArm64ProxyStub(path.join(folder, 'again'));
    assert.ok(readFileSync(dll).equals(readFileSync(again)));
  });

  it('exports and imports what it does when it is built with Microsoft’s headers', function () {
    const theirs = path.join(root, '.cache/arm64-microsoft-sdk/async_com_ps.dll');
    if (!existsSync(theirs)) skip(this, '`npm run check:sdk`, which builds it, was not run yet');
    assert.deepEqual(readPeFile(dll), readPeFile(theirs));
  });
});
