import assert from 'node:assert/strict';

import { Verification } from '#lib/contract/verification.js';

import { rulesOf } from '../support/rules-of.js';
import { faultBuild, type Resources } from '../support/fault-build.js';

// Those about security start processes of their own, and break off where the host is none for them.
const rules = [...rulesOf('IMP'), ...rulesOf('CALL')];
const runs = 200;
// As long as Node itself still grows: its own caches, the threads of the pools.
const warmUpRuns = 40;
// Every rule makes one call at least.
const calls = (runs - warmUpRuns) * rules.length;

// What a leak of one handle, or of a few KB, a call stays far above. (Heaps grow by megabytes.)
const handlesOfNoise = 50;
const bytesOfNoise = 6 * 2 ** 20;

describe(`${String(runs)} runs of the rules about impersonation and calls in one server process`, function () {
  this.timeout(240_000);

  it('leave its handles, threads and memory flat', async () => {
    await using verification = await Verification.start({
      ...process.env,
      // V8's nursery grows with the work it gets, which would hide a leak.
      NODE_OPTIONS: '--expose-gc --max-semi-space-size=1',
    });
    const { serverProcessId } = verification.host;
    const measured: Resources[] = [];
    for (let run = 1; run <= runs; ++run) {
      for (const { id } of rules) {
        const { verdict, reason } = await verification.run(id);
        assert.equal(verdict, 'holds', `${id} in run ${String(run)}: ${String(reason)}`);
      }
      await verification.collectGarbage();
      if (run === warmUpRuns || run === runs)
        measured.push(faultBuild.resourcesOf(serverProcessId));
    }
    const [before, after] = measured as [Resources, Resources];
    console.log(`      after ${String(warmUpRuns)} runs: ${inWords(before)}`);
    console.log(`      after ${String(runs)} runs: ${inWords(after)}`);

    assert.ok(after.handles - before.handles < handlesOfNoise, 'handles are not flat');
    assert.ok(after.threads - before.threads <= 8, 'threads are not flat');
    assert.ok(after.bytes - before.bytes < bytesOfNoise, 'memory is not flat');
  });

  it('would show a leak of one handle a call, and of eight KB a call', () => {
    const before = faultBuild.resourcesOf(process.pid);
    faultBuild.leakHandles(calls);
    const leaked = Array.from({ length: calls }, () => Buffer.alloc(8192, 1));
    const after = faultBuild.resourcesOf(process.pid);
    console.log(`      ${String(leaked.length)} leaked: ${inWords(before)} → ${inWords(after)}`);
    assert.ok(after.handles - before.handles >= calls);
    assert.ok(after.handles - before.handles < calls + handlesOfNoise);
    assert.ok(after.bytes - before.bytes > bytesOfNoise);
  });
});

function inWords({ handles, threads, bytes }: Resources): string {
  const megabytes = (bytes / 2 ** 20).toFixed(1);
  return `${String(handles)} handles, ${String(threads)} threads, ${megabytes} MB`;
}
