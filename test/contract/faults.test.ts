import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import type { RuleReport } from '#lib/contract/report.js';
import type { Rule } from '#lib/contract/rule.js';
import { Verification } from '#lib/contract/verification.js';

import { faultBuildEnv } from '../support/fault-build.js';
import { rulesOf } from '../support/rules-of.js';
import { skip } from '../support/skip.js';

// Which promise each fault of the test build breaks (native/call/fault.h).
const faults: readonly (readonly [fault: string, rule: string])[] = [
  ['impersonate-without-token', 'IMP-1'],
  ['impersonate-after-signal', 'IMP-2'],
  ['drop-token-at-signal', 'IMP-3'],
  ['revert-nothing-after-signal', 'IMP-4'],
  ['keep-token-after-begin', 'IMP-5'],
  ['leak-token-into-next-call', 'IMP-5'],
  ['restore-token-at-begin-return', 'IMP-6'],
  ['impersonate-after-foreign-signal', 'IMP-7'],
  ['close-gate-at-begin-return', 'IMP-8'],
  ['impersonating-forever', 'IMP-9'],
  ['revert-counts', 'IMP-10'],
  ['forget-earlier-token', 'IMP-11'],
  ['token-on-rpc-thread', 'IMP-12'],
  ['share-impersonating', 'IMP-13'],
  ['no-call-context', 'IMP-14'],
  ['bind-security-to-thread', 'IMP-15'],
  ['keep-call-context', 'IMP-16'],
  ['empty-duplicate-at-signal', 'IMP-17'],
  ['no-call-factory', 'CALL-1'],
  ['create-any-call', 'CALL-2'],
  ['begin-waits', 'CALL-3'],
  ['begin-while-pending', 'CALL-4'],
  ['wait-says-done', 'CALL-5'],
  ['finish-nothing', 'CALL-6'],
  ['finish-loses-result', 'CALL-7'],
  ['usable-once', 'CALL-8'],
  ['leak-released-call', 'CALL-9'],
  ['synchronous-loses-result', 'CALL-10'],
  ['refuse-without-call-object', 'CALL-11'],
  ['own-identity', 'CALL-12'],
  ['client-own-identity', 'CALL-12'],
  ['ignore-cancel', 'CALL-13'],
  ['second-signal-fails', 'CALL-14'],
  ['refuse-uncancellable', 'CALL-15'],
];

// The rules that hold on every host.
const keptEverywhere = [...rulesOf('IMP'), ...rulesOf('CALL')];

// What is ours to break of the rules about security. The others are Windows's own: what judges them
// is shown to fail in judgement.test.ts.
const securityFaults: readonly (readonly [fault: string, rule: string])[] = [
  ['wrong-client-blanket', 'SEC-1'],
  ['let-anybody-call', 'SEC-7'],
];

// Negative controls: every rule can fail, and fails for its own reason.
describe('the faults of the test build', () => {
  let verification: Verification;

  before(async function () {
    verification = await Verification.start(faultBuildEnv);
  });

  after(() => verification.close());

  for (const [fault, id] of faults) {
    it(`${fault} breaks ${id} and no other rule`, async () => {
      await verification.setFault(fault);
      try {
        const reports = await runAll(verification, keptEverywhere);
        assert.deepEqual(broken(reports), [id], reasons(reports));
      } finally {
        await verification.setFault('none');
      }
    });
  }

  for (const [fault, id] of securityFaults) {
    it(`${fault} breaks ${id} and no other rule about security`, async function () {
      const { verdict, reason } = await verification.run(id);
      if (verdict !== 'holds') skip(this, `${id} is ${verdict}: ${String(reason)}`);
      await verification.setFault(fault);
      try {
        const reports = await runAll(verification, rulesOf('SEC'));
        assert.deepEqual(broken(reports), [id], reasons(reports));
      } finally {
        await verification.setFault('none');
      }
    });
  }

  it('leave every rule as it was when they are taken back', async () => {
    const reports = await runAll(verification, keptEverywhere);
    assert.deepEqual(
      reports.map(({ verdict }) => verdict),
      keptEverywhere.map(() => 'holds'),
      reasons(reports),
    );
  });

  it('break every rule about impersonation and calls', () => {
    assert.deepEqual(
      [...new Set(faults.map(([, id]) => id))],
      keptEverywhere.map(({ id }) => id),
    );
  });

  it('are not in the released addon', async () => {
    const [released, faulty] = await Promise.all([
      readFile('build/Release/async_com.node', 'latin1'),
      readFile('build-faults/build/Release/async_com.node', 'latin1'),
    ]);
    for (const [fault] of [...faults, ...securityFaults]) {
      assert.ok(faulty.includes(fault), `${fault} is in the test build`);
      assert.ok(!released.includes(fault), `${fault} is not in the released addon`);
    }
  });
});

async function runAll(verification: Verification, rules: readonly Rule[]): Promise<RuleReport[]> {
  const reports: RuleReport[] = [];
  for (const { id } of rules) reports.push(await verification.run(id));
  return reports;
}

function broken(reports: readonly RuleReport[]): string[] {
  return reports.filter(({ verdict }) => verdict === 'broken').map(({ id }) => id);
}

function reasons(reports: readonly RuleReport[]): string {
  return reports
    .filter(({ reason }) => reason !== null)
    .map(({ id, verdict, reason }) => `${id} ${verdict}: ${String(reason)}`)
    .join('\n');
}
