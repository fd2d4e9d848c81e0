import assert from 'node:assert/strict';

import { rules } from '#lib/contract/rules.js';
import { Verification } from '#lib/contract/verification.js';

import { faultBuild, type Resources } from '../support/fault-build.js';

const runs = 200;
const warmUpRuns = 20;

describe(`${String(runs)} runs of the whole rule set in one server process`, function () {
  this.timeout(240_000);

  it('leave its handles, threads and memory flat', async () => {
    await using verification = await Verification.start();
    const { serverProcessId } = verification.host;
    const measured: Resources[] = [];
    for (let run = 1; run <= runs; ++run) {
      for (const { id } of rules) {
        const { verdict, reason } = await verification.run(id);
        assert.equal(verdict, 'holds', `${id} in run ${String(run)}: ${String(reason)}`);
      }
      if (run === warmUpRuns || run === runs)
        measured.push(faultBuild.resourcesOf(serverProcessId));
    }
    const [before, after] = measured as [Resources, Resources];
    console.log(`      after ${String(warmUpRuns)} runs: ${inWords(before)}`);
    console.log(`      after ${String(runs)} runs: ${inWords(after)}`);

    const calls = (runs - warmUpRuns) * rules.length;
    // Threads of the pools come and go; a leak of one handle a call would show as thousands.
    assert.ok(after.handles - before.handles < calls / 50, 'handles are not flat');
    assert.ok(after.threads - before.threads <= 8, 'threads are not flat');
    assert.ok(after.bytes - before.bytes < 48 * 2 ** 20, 'memory is not flat');
  });

  it('would show a leak of one handle a call', () => {
    const before = faultBuild.resourcesOf(process.pid);
    const calls = 300;
    faultBuild.leakHandles(calls);
    const after = faultBuild.resourcesOf(process.pid);
    console.log(`      ${String(calls)} handles leaked: ${inWords(before)} → ${inWords(after)}`);
    assert.ok(after.handles - before.handles >= calls);
    assert.ok(after.handles - before.handles < calls + 20);
  });
});

function inWords({ handles, threads, bytes }: Resources): string {
  const megabytes = (bytes / 2 ** 20).toFixed(1);
  return `${String(handles)} handles, ${String(threads)} threads, ${megabytes} MB`;
}
