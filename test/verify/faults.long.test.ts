import assert from 'node:assert/strict';

import { sceneDeadline } from '#lib/verify/scene/run-rule.js';
import { Verification } from '#lib/verify/verification.js';

import { rulesOf } from '../support/rules-of.js';
import { testAddonEnv } from '../support/test-addon.js';
import {
  broken,
  faults,
  keptEverywhere,
  reasons,
  runWithFault,
  securityFaults,
  skipUnlessHolds,
  skipUnused,
} from './faults.js';

// Every rule is checked with every fault. faults.test.ts checks only the rule that a fault breaks.
describe('a fault of the test addon, when every rule is checked', function () {
  // verify gives up a scene that does not end before this time.
  this.timeout(2 * sceneDeadline);

  let verification: Verification;

  before(async function () {
    verification = await Verification.start(testAddonEnv);
  });

  after(() => verification.close());

  for (const [fault, id, part] of faults) {
    it(`breaks ${id} and no other rule: ${fault}`, async function () {
      skipUnused(this, part, verification);
      const reports = await runWithFault(verification, fault, keptEverywhere);
      assert.deepEqual(broken(reports), [id], reasons(reports));
    });
  }

  for (const [fault, id] of securityFaults) {
    it(`breaks ${id} and no other rule about security: ${fault}`, async function () {
      await skipUnlessHolds(this, id, verification);
      const ids = rulesOf('SEC').map((rule) => rule.id);
      const reports = await runWithFault(verification, fault, ids);
      assert.deepEqual(broken(reports), [id], reasons(reports));
    });
  }
});
