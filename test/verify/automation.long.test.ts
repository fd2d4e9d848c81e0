import assert from 'node:assert/strict';

import type { Look } from '#lib/verify/scene/observation.js';
import { sceneDeadline } from '#lib/verify/scene/run-rule.js';
import { Verification } from '#lib/verify/verification.js';

import { rulesOf } from '../support/rules-of.js';
import { testAddonEnv } from '../support/test-addon.js';

// The rules of impersonation, for a client that calls by IDispatch.
describe('the contract with automation clients', function () {
  // verify gives up a scene that does not end before this time.
  this.timeout(2 * sceneDeadline);

  let verification: Verification;

  before(async () => {
    verification = await Verification.start(testAddonEnv, undefined, undefined, 'automation');
  });

  after(() => verification.close());

  for (const { id, promise } of rulesOf('IMP')) {
    it(`${id}: ${promise}`, async () => {
      const report = await verification.run(id);

      assert.equal(verification.host.client, 'automation');
      assert.equal(report.verdict, 'holds', report.reason ?? '');
      assert.equal(report.path, 'bridge');
      const looks = report.observations.filter((one): one is Look => one.kind === 'look');
      assert.ok(
        looks.some(({ thread }) => thread !== null),
        'no look had all three witnesses',
      );
    });
  }

  it('is broken by a fault (control)', async () => {
    await verification.setFault('impersonate-after-signal');
    const report = await verification.run('IMP-2');
    await verification.setFault('none');
    assert.equal(report.verdict, 'broken');
    assert.equal((await verification.run('IMP-2')).verdict, 'holds');
  });
});
