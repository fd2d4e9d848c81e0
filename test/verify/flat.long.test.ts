import assert from 'node:assert/strict';

import type { Rule } from '#lib/verify/rules/rule.js';
import { Verification } from '#lib/verify/verification.js';

import { rulesOf } from '../support/rules-of.js';
import { testAddon, type Resources } from '../support/test-addon.js';
import { collectGarbageUntil } from '../support/garbage.js';

/** How often the rules are run. `npm run test:runs` runs them more often. */
const runs = Number(process.env['ASYNC_COM_RUNS'] ?? 100);

// The rules about security are left out: they start processes of their own, and not every host can
// run them. During the warm-up Node itself still grows, with its caches and its thread pools.
const sets = [
  { name: 'impersonation', rules: rulesOf('IMP'), runs, warmUpRuns: 40 },
  { name: 'calls', rules: rulesOf('CALL'), runs: 30, warmUpRuns: 15 },
];

// A leak of one handle or a few KB in each call is far above these limits. (Heaps grow by megabytes.)
const handlesOfNoise = 50;
const bytesOfNoise = 6 * 2 ** 20;

describe('many runs of the rules in one server process', function () {
  this.timeout(240_000);

  for (const { name, rules, runs: all, warmUpRuns } of sets) {
    it(`keep its handles, threads and memory flat: ${String(all)} of those about ${name}`, async () => {
      await using verification = await Verification.start({
        ...process.env,
        // V8's young generation grows with its work. That growth would hide a leak.
        NODE_OPTIONS: '--expose-gc --max-semi-space-size=1',
      });
      const { serverProcessId } = verification.host;
      const before = await runAll(verification, rules, warmUpRuns);
      console.log(`      after ${String(warmUpRuns)} runs: ${inWords(before)}`);
      const after = await runAll(verification, rules, all - warmUpRuns);
      console.log(`      after ${String(all)} runs: ${inWords(after)}`);

      assert.ok(after.handles - before.handles < handlesOfNoise, 'handles are not flat');
      assert.ok(after.threads - before.threads <= 8, 'threads are not flat');
      assert.ok(after.bytes - before.bytes < bytesOfNoise, 'memory is not flat');

      async function runAll(on: Verification, set: Rule[], times: number): Promise<Resources> {
        for (let run = 1; run <= times; ++run) {
          for (const { id } of set) {
            const { verdict, reason } = await on.run(id);
            assert.equal(verdict, 'holds', `${id}: ${String(reason)}`);
          }
          if (run % 10 === 0 || run === times) await on.collectGarbage();
        }
        return testAddon.resourcesOf(serverProcessId);
      }
    });
  }

  it('would show a leak of one handle in each call, and of 8 KB in each call', async () => {
    // Every rule makes at least one call.
    const calls = Math.max(...sets.map((set) => (set.runs - set.warmUpRuns) * set.rules.length));
    const leakBytes = (): Buffer[] => Array.from({ length: calls }, () => Buffer.alloc(8192, 1));
    // This process has run tests, so a leak cannot use free memory first. After the collection no
    // garbage is left that could be freed meanwhile.
    await collectGarbageUntil(() => false, 5);
    const leakedBefore = leakBytes();
    const before = testAddon.resourcesOf(process.pid);
    testAddon.leakHandles(calls);
    const leaked = leakBytes();
    const after = testAddon.resourcesOf(process.pid);
    console.log(`      ${String(calls)} handles leaked: ${inWords(before)} → ${inWords(after)}`);
    assert.ok(after.handles - before.handles >= calls);
    assert.ok(after.handles - before.handles < calls + handlesOfNoise);
    assert.ok(after.bytes - before.bytes > bytesOfNoise);
    assert.ok(leakedBefore.length === calls && leaked.length === calls, 'neither is garbage');
  });
});

function inWords({ handles, threads, bytes }: Resources): string {
  const megabytes = (bytes / 2 ** 20).toFixed(1);
  return `${String(handles)} handles, ${String(threads)} threads, ${megabytes} MB`;
}
