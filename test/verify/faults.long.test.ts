import { sceneDeadline } from '#lib/verify/scene/run-rule.js';
import { Verification } from '#lib/verify/verification.js';

import { rulesOf } from '../support/rules-of.js';
import { testAddonEnv } from '../support/test-addon.js';
import { keptEverywhere, testFaults } from './faults.js';

// Every rule is checked with every fault. faults.test.ts checks only the rule that a fault breaks.
describe('a fault of the test addon, when every rule is checked', function () {
  // verify gives up a scene that does not end before this time.
  this.timeout(2 * sceneDeadline);

  let verification: Verification;

  before(async function () {
    verification = await Verification.start(testAddonEnv);
  });

  after(() => verification.close());

  const security = rulesOf('SEC').map(({ id }) => id);
  testFaults(
    ' and no other rule of its kind',
    () => verification,
    (id) => (security.includes(id) ? security : keptEverywhere),
  );
});
