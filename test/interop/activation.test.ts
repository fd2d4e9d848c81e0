import assert from 'node:assert/strict';

import { ended, isRunning, RegisteredModule } from '../support/registered-module.js';
import { proxyStubDll, registeredProxyStub } from '../support/proxy-stub-registry.js';
import { skip } from '../support/skip.js';
import { NativeClient } from './peers.js';

describe('a C++ client of a class that is registered', function () {
  this.timeout(60_000);

  before(async function () {
    const found = await registeredProxyStub();
    if (found !== undefined) skip(this, `the proxy/stub is registered here already: ${found}`);
  });

  it('gets from nothing to its first reply, by the registry alone', async () => {
    await using registered = await RegisteredModule.register(
      { methods: 'add: (call, a, b) => a + b,' },
      // As async-com register does it: the DLL that such a client needs comes with the server.
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

  it('leaves no proxy/stub in the registry when the server is unregistered', async () => {
    assert.equal(await registeredProxyStub(), undefined);
  });
});
