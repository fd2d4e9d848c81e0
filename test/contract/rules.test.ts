import assert from 'node:assert/strict';

import type { Look } from '#lib/contract/observation.js';
import { Verification } from '#lib/contract/verification.js';

import { rulesOf } from '../support/rules-of.js';

// The contract, observed between two processes: a test for each rule.
describe('the contract', () => {
  let verification: Verification;

  before(async () => {
    verification = await Verification.start();
  });

  after(() => verification.close());

  for (const { id, promise } of [...rulesOf('IMP'), ...rulesOf('CALL')]) {
    it(`${id}: ${promise}`, async () => {
      const report = await verification.run(id);

      assert.equal(report.verdict, 'holds', report.reason ?? '');
      const path = verification.host.callFactoryOnProxies ? 'system' : 'bridge';
      if (report.path !== null) assert.equal(report.path, path);
      if (!id.startsWith('IMP-')) return;
      assert.equal(report.path, path);
      const looks = report.observations.filter((one): one is Look => one.kind === 'look');
      assert.ok(
        looks.some(({ thread }) => thread !== null || report.path === 'system'),
        'no look had all three witnesses',
      );
      // In the order that they were made, on one clock.
      for (const { thread, otherThread, otherProcess } of looks) {
        assert.ok((thread?.time ?? 0) <= otherThread.time);
        assert.ok(otherThread.time <= otherProcess.time);
      }
    });
  }

  for (const { id, promise } of rulesOf('SEC')) {
    it(`${id}: ${promise}`, async () => {
      const { verdict, reason, observations } = await verification.run(id);

      if (verdict === 'not observable here') {
        // Never without a reason, and never but for what was seen, or for want of an account or a computer.
        assert.match(
          reason ?? '',
          /^(Wine \S+: .+: expected .+, got .+|needs (a second account|another computer): .+)$/,
        );
        console.log(`      ${id} is not observable here: ${String(reason)}`);
      } else {
        assert.equal(verdict, 'holds', reason ?? '');
        assert.ok(observations.length > 0);
      }
    });
  }

  for (const [family, count] of [
    ['IMP', 17],
    ['CALL', 15],
    ['SEC', 8],
  ] as const) {
    it(`has ${family}-1 to ${family}-${String(count)}, each once and in order`, () => {
      assert.deepEqual(
        rulesOf(family).map(({ id }) => id),
        Array.from({ length: count }, (_, index) => `${family}-${String(index + 1)}`),
      );
    });
  }

  it('refuses a rule that it does not have', async () => {
    await assert.rejects(verification.run('IMP-99'), /there is no rule IMP-99/);
  });
});
