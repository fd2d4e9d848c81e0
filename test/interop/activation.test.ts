import assert from 'node:assert/strict';

import { ended, isRunning, RegisteredModule } from '../support/registered-module.js';
import { proxyStubDll, registeredProxyStub } from '../support/proxy-stub-registry.js';
import { skip } from '../support/skip.js';
import { NativeClient } from './peers.js';

describe('a C++ client of a registered class', function () {
  this.timeout(60_000);

  before(async function () {
    const found = await registeredProxyStub();
    if (found !== undefined) skip(this, `the proxy/stub is registered here already: ${found}`);
  });

  it('starts the server and gets a reply with only the entries in the registry', async () => {
    await using registered = await RegisteredModule.register(
      { methods: 'add: (call, a, b) => a + b,' },
      // `async-com register` also registers the DLL that such a client needs.
      { proxyStub: proxyStubDll },
    );
    const client = await NativeClient.start('sync_client', registered.clsid, 'registered');
    assert.deepEqual(await client.call('add', 2, 3), { value: 'i4:5' });
    const answer = await client.call('pid');
    assert.ok('value' in answer);
    const pid = Number(answer.value.split(':')[1]);
    assert.ok(isRunning(pid));
    await client[Symbol.asyncDispose]();
    await ended(pid);
  });

  it('finds no proxy/stub in the registry after the server is unregistered', async () => {
    assert.equal(await registeredProxyStub(), undefined);
  });
});
