import assert from 'node:assert/strict';

import { newClsid } from '#lib/value/identifiers.js';

import { Child, endChildren } from '../support/child.js';
import { LineProgram } from '../support/line-program.js';
import { proxyStubDll } from '../support/proxy-stub-registry.js';
import { rpcNotifications } from '../support/rpc-notifications.js';
import { skip } from '../support/skip.js';
import { until } from '../support/until.js';
import { wordsOf } from '../support/variant-words.js';

// test/server/rpc-notifications.test.ts sends the notifications itself. Here RPC must.
describe('a client that cancels its call by COM alone', function () {
  this.timeout(30_000);

  before(function () {
    if (!rpcNotifications.hasRpcNotifications()) skip(this, 'RPC has no notifications here');
  });

  afterEach(endChildren);

  it('is noticed by the handler', async () => {
    const clsid = newClsid();
    const server = await Child.start('client-death-server', clsid);
    const client = new LineProgram('interop_cancelling_client', [clsid, proxyStubDll]);
    assert.equal(await client.next(), 'ready');
    client.write(wordsOf('hold'));
    const counts = async () =>
      (await server.ask('counts')) as { arrived: number; told: Record<string, number> };
    await until(async () => (await counts()).arrived === 1, 'the call has arrived');
    client.write('cancel');
    await until(async () => Object.keys((await counts()).told).length > 0, 'the handler is told');
    assert.deepEqual((await counts()).told, { RPC_E_CALL_CANCELED: 1 });
    const said = [await client.next(), await client.next()].sort();
    assert.match(said.join(', '), /^cancel 00000000, ended 80010002$/);
    client.closeInput();
    await client.exited;
  });
});
