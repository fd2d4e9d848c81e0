import assert from 'node:assert/strict';

import { agree, type Look, plainThreadToken } from '#lib/verify/scene/observation.js';
import type { RuleReport } from '#lib/verify/report/report.js';

import { Verification } from '#lib/verify/verification.js';
import { threadToken } from 'async-com';

import { expectedVerdict } from '../verify/expected.js';
import { CallHost } from '../support/call-host.js';
import { rulesOf } from '../support/rules-of.js';
import { NativeWitness } from '../support/witness.js';

describe('a witness that shares no code with the addon', () => {
  let witness: NativeWitness;

  before(async () => {
    witness = await NativeWitness.start();
  });

  after(() => witness[Symbol.asyncDispose]());

  describe('asked at each look of each rule', () => {
    let verification: Verification;

    before(async () => {
      verification = await Verification.start(process.env, (threadId) => witness.look(threadId));
    });

    after(() => verification.close());

    for (const { id } of rulesOf('IMP')) {
      it(`agrees with the other witnesses in ${id}`, async () => {
        const report = await verification.run(id);

        const expected = expectedVerdict(id, verification.host);
        assert.equal(report.verdict, expected, report.reason ?? '');
        const looks = looksOf(report);
        assert.notEqual(looks.length, 0);
        for (const { otherProcess, furtherWitness, label } of looks) {
          assert.ok(furtherWitness !== null, label);
          // Only the time differs. It is later, and it comes from the same clock.
          const { time, ...seen } = furtherWitness;
          const { time: earlier, ...seenBefore } = otherProcess;
          assert.deepEqual(seen, seenBefore, label);
          assert.ok(earlier <= time, label);
        }
      });
    }
  });

  it('makes every rule fail when it looks at another thread (control)', async () => {
    await using host = await CallHost.start();
    await host.call(async (call) => {
      await call.impersonateClient();
      // This thread has a token of its own. What the witness reports is wrong for a thread without a
      // token, and also for one that has another token.
      const threadId = await call.threadId();
      await using verification = await Verification.start(process.env, () =>
        witness.look(threadId),
      );
      for (const { id } of rulesOf('IMP')) {
        const report = await verification.run(id);
        assert.notEqual(report.verdict, 'holds', id);
        assert.match(report.reason ?? '', /witnesses disagree|is not kept here/, id);
        const last = looksOf(report).at(-1);
        assert.ok(last !== undefined && !agree(last), id);
      }
    });
  });

  it('sees the same as the addon for a thread that does not exist and for one without a token', async () => {
    for (const threadId of [1, (await threadToken()).threadId]) {
      const { time: _, ...seen } = await witness.look(threadId);
      const { time: __, ...ours } = plainThreadToken(
        await threadToken(threadId, { detail: 'brief' }),
      );
      assert.deepEqual(seen, ours);
    }
  });
});

function looksOf(report: RuleReport): Look[] {
  return report.observations.filter((one): one is Look => one.kind === 'look');
}
