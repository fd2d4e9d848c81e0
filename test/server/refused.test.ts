import assert from 'node:assert/strict';

import { native } from '#lib/native/addon.js';

import { CallHost } from '../support/call-host.js';
import { collectGarbageUntil } from '../support/garbage.js';

describe('a call that the server refuses', function () {
  this.timeout(20_000);

  it('leaves no COM object', async () => {
    await using host = await CallHost.start({ maxCalls: 1 });
    await host.call(() => Promise.resolve('the first call makes what later calls use'));
    const before = native.comObjects();
    const refused = 100;
    await host.call(async () => {
      await host.client.begin(refused, 'run', 0);
      for (let ended = 0; ended < refused; ++ended) {
        const end = await host.client.ended();
        assert.equal('error' in end && end.error.code, 'RPC_E_SERVERCALL_RETRYLATER');
      }
    });
    await collectGarbageUntil(() => native.comObjects() <= before);
    assert.equal(native.comObjects(), before);
  });
});
