import assert from 'node:assert/strict';

import { native } from '#lib/native/addon.js';
import { hasAsyncMapping, useAsyncMapping } from '#lib/registration/async-mapping.js';
import { hiveOf, mappingUsersKey } from '#lib/registration/entries.js';
import { readKey, writeEntries } from '#lib/registration/registry.js';
import { Verification } from '#lib/verify/verification.js';
import { register, unregister } from 'async-com';

import { ended, perMachine, TemporaryModule } from '../support/registered-module.js';
import { exportClasses } from '../support/registry.js';

describe('the asynchronous mapping in the registry', () => {
  let before: string[] = [];
  const hive = hiveOf(perMachine ? 'machine' : 'user');
  const users = () => readKey(hive, mappingUsersKey)?.values.map(({ name }) => name) ?? [];

  beforeEach(async function () {
    if (await hasAsyncMapping()) {
      // A server is registered on this machine, and the mapping is not removed.
      this.skip();
    }
    before = exportClasses();
  });

  afterEach(() => {
    assert.deepEqual(exportClasses(), before);
  });

  it('stays until the last of two verifications has ended', async () => {
    await using one = await Verification.start();
    await using two = await Verification.start();
    assert.ok(users().includes(String(one.host.serverProcessId)));
    assert.ok(users().includes(String(two.host.serverProcessId)));
    await one.close();
    assert.equal(await hasAsyncMapping(), true);
    assert.notEqual((await two.run('IMP-1')).verdict, 'broken');
    await two.close();
    assert.equal(await hasAsyncMapping(), false);
  });

  it('is removed by the verification that follows a killed one', async () => {
    const killed = await Verification.start();
    process.kill(killed.host.serverProcessId);
    await ended(killed.host.serverProcessId);
    assert.equal(await hasAsyncMapping(), true, 'the killed process leaves the mapping');
    const next = await Verification.start();
    assert.ok(!users().includes(String(killed.host.serverProcessId)));
    await next.close();
    assert.equal(await hasAsyncMapping(), false);
  });

  it('is removed when another process now has the id of a user that has ended', async () => {
    const start = String((native.processStart(process.ppid) ?? 0n) - 1n);
    const endUse = await useAsyncMapping();
    writeEntries([{ hive, key: mappingUsersKey, name: String(process.ppid), data: start }]);
    endUse();
    assert.equal(await hasAsyncMapping(), false);
  });

  it('stays for a process that uses it when the last server is unregistered', async () => {
    using module = await TemporaryModule.write();
    await register(module.path, { perMachine, proxyStub: false });
    const endUse = await useAsyncMapping();
    await unregister(module.path, { perMachine });
    assert.equal(await hasAsyncMapping(), true);
    endUse();
    assert.equal(await hasAsyncMapping(), false);
  });

  it('stays for a registered server when the last process has ended its use', async () => {
    using module = await TemporaryModule.write();
    const endUse = await useAsyncMapping();
    await register(module.path, { perMachine, proxyStub: false });
    endUse();
    assert.equal(await hasAsyncMapping(), true);
    await unregister(module.path, { perMachine });
    assert.equal(await hasAsyncMapping(), false);
  });

  it('does not change when unregister() is asked only what it would do', async () => {
    using module = await TemporaryModule.write();
    await register(module.path, { perMachine, proxyStub: false });
    const ended = { hive, key: mappingUsersKey, name: String(process.ppid), data: '1' } as const;
    writeEntries([ended]);
    const registered = exportClasses(module.clsid);
    const would = await unregister(module.path, { perMachine, dryRun: true });
    assert.ok(would.some(({ key }) => key.endsWith('AsynchronousInterface')));
    assert.deepEqual(exportClasses(module.clsid), registered);
    await unregister(module.path, { perMachine });
    (await useAsyncMapping())();
  });
});
