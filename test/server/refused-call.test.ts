import assert from 'node:assert/strict';

import { native } from '#lib/native/addon.js';

import { CallHost } from '../support/call-host.js';
import { until } from '../support/until.js';

describe('a call that its server refuses', () => {
  it('leaves no COM object in the server', async () => {
    await using host = await CallHost.start({ maxCalls: 1 });
    await host.call(() => Promise.resolve());
    let before = 0;
    await host.call(async () => {
      before = native.comObjects();
      for (let refused = 0; refused < 50; ++refused) {
        await assert.rejects(host.client.call('run', 0), { code: 'RPC_E_SERVERCALL_RETRYLATER' });
      }
      await until(() => native.comObjects() <= before, 'the refused calls are released');
    });
    assert.ok(before > 0);
  });
});
