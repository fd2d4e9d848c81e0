import assert from 'node:assert/strict';

import { rules } from '#lib/contract/rules.js';
import type { Look } from '#lib/contract/observation.js';
import { Verification } from '#lib/contract/verification.js';

// The contract, observed between two processes: a test for each rule.
describe('the contract', () => {
  let verification: Verification;

  before(async () => {
    verification = await Verification.start();
  });

  after(() => verification.close());

  for (const { id, promise } of rules) {
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

  it('has every rule, each once and in order', () => {
    const numbered = (part: string, count: number) =>
      Array.from({ length: count }, (_, index) => `${part}-${String(index + 1)}`);
    assert.deepEqual(
      rules.map(({ id }) => id),
      [...numbered('IMP', 17), ...numbered('CALL', 15)],
    );
  });

  it('refuses a rule that it does not have', async () => {
    await assert.rejects(verification.run('IMP-99'), /there is no rule IMP-99/);
  });
});
