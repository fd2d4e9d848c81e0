import assert from 'node:assert/strict';

import { systemPathIsDue } from '#lib/verify/report/report.js';
import { Verification } from '#lib/verify/verification.js';

import { rulesOf } from '../support/rules-of.js';
import { skip } from '../support/skip.js';

// These tests are for hosts where COM itself makes the server call object and runs Begin_ on its own
// thread. They follow the documentation and have not run on such a host yet (README.md says what has
// run where).
describe('the system path', () => {
  let verification: Verification;

  before(async function () {
    verification = await Verification.start();
    if (!systemPathIsDue(verification.host)) {
      await verification.close();
      skip(this, 'COM offers no ICallFactory on proxies here: every call takes the bridge');
    }
  });

  after(async () => {
    await verification.close();
  });

  for (const { id } of rulesOf('IMP')) {
    it(`is used by the calls of ${id}`, async () => {
      const { path, verdict, reason } = await verification.run(id);

      assert.equal(path, 'system');
      assert.notEqual(verdict, 'broken', reason ?? '');
    });
  }

  it('makes CoGetCallContext after Begin_ not observable, and the report says why', async () => {
    const { verdict, reason } = await verification.run('IMP-16');

    assert.equal(verdict, 'not observable here');
    assert.match(reason ?? '', /COM’s again/);
  });
});
