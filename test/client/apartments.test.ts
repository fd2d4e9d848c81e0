import assert from 'node:assert/strict';

import { native } from '#lib/native/addon.js';
import { newClsid } from '#lib/value/identifiers.js';

import { Child } from '../support/child.js';
import { skip } from '../support/skip.js';

// Chromium disabled a test of such calls in 2010 because of an access violation in COM. The call runs in
// a child process, which may crash. If it does, CreateCall must refuse callers of its own process.
describe('an asynchronous call to a class of the same process, from another apartment', () => {
  it('returns its result, and the process goes on', async function () {
    if (native.wineVersion() !== null) skip(this, 'Wine has no ICallFactory on proxies');
    await using child = await Child.start('apartment-host', newClsid());
    assert.deepEqual(await child.ask('callFromApartment'), {
      hasCallFactory: true,
      failed: '',
      code: 'S_OK',
      text: 'this process',
    });
  });
});
