import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';

import { Child, endChildren } from '../support/child.js';
import { newClsid } from '#lib/value/identifiers.js';
import { testAddon } from '../support/test-addon.js';

describe('a server object whose client has passed a reference to others', function () {
  this.timeout(60_000);

  afterEach(endChildren);

  it('stays alive for the last client when the others have ended', async () => {
    const clsid = newClsid();
    await Child.start('server', clsid);
    const first = await Child.start('handing-client');
    assert.equal(await first.ask('connect', clsid), 'S_OK');
    const references = [await first.ask('reference'), await first.ask('reference')] as string[];
    // RPC may use the connection of this client again for the last one.
    const second = await Child.start('handing-client');
    assert.equal(await second.ask('adopt', references[0]), 'S_OK');
    await end(second);
    const last = await testAddon.connectTo(Buffer.from(references[1] ?? '', 'hex'));
    assert.ok(last.value, last.code);
    assert.equal((await last.value.call('echo', [])).code, 'S_OK');
    await end(first);
    // This takes longer than the server needs to notice that a client has ended.
    for (let look = 0; look < 10; ++look) {
      await delay(100);
      assert.equal((await last.value.call('echo', [])).code, 'S_OK');
    }
    last.value.close();
  });
});

async function end(child: Child): Promise<void> {
  child.tell('exit');
  await child.exited();
}
