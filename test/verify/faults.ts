import assert from 'node:assert/strict';

import type { Context } from 'mocha';

import type { RuleReport } from '#lib/verify/report/report.js';
import type { Verification } from '#lib/verify/verification.js';

import { rulesOf } from '../support/rules-of.js';
import { skip } from '../support/skip.js';

/** The rules that hold on every host that can observe them. */
export const keptEverywhere = [...rulesOf('IMP'), ...rulesOf('CALL')].map(({ id }) => id);

// Parts of async-com that some hosts do not use. A fault of such a part can break its rule only on a
// host that uses the part.
const parts = {
  bridge: 'it is in the bridge and its IServerSecurity: no call comes over it here',
  'client call': 'it is in our call objects for clients: here they are COM’s',
  'server object': 'COM itself makes the server’s call objects here: with this fault it could not',
};

// The rule that each fault of the test addon breaks (native/testing/fault.h), and the part that
// contains the fault if not every host uses that part.
type Fault = readonly [fault: string, rule: string, part?: keyof typeof parts];
export const faults: readonly Fault[] = [
  ['impersonate-without-token', 'IMP-1', 'bridge'],
  ['impersonate-after-signal', 'IMP-2', 'bridge'],
  ['drop-token-at-signal', 'IMP-3', 'bridge'],
  ['revert-nothing-after-signal', 'IMP-4', 'bridge'],
  ['keep-token-after-begin', 'IMP-5', 'bridge'],
  ['leak-token-into-next-call', 'IMP-5', 'bridge'],
  ['restore-token-at-begin-return', 'IMP-6', 'bridge'],
  ['impersonate-after-foreign-signal', 'IMP-7', 'bridge'],
  ['drop-token-at-foreign-signal', 'IMP-7', 'bridge'],
  ['leak-token-after-foreign-signal', 'IMP-7', 'bridge'],
  ['close-gate-at-begin-return', 'IMP-8', 'bridge'],
  ['impersonating-forever', 'IMP-9', 'bridge'],
  ['revert-counts', 'IMP-10', 'bridge'],
  ['forget-earlier-token', 'IMP-11', 'bridge'],
  ['token-on-rpc-thread', 'IMP-12', 'bridge'],
  ['share-impersonating', 'IMP-13', 'bridge'],
  ['no-call-context', 'IMP-14', 'bridge'],
  ['bind-security-to-thread', 'IMP-15', 'bridge'],
  ['bind-blanket-to-thread', 'IMP-15', 'bridge'],
  ['keep-call-context', 'IMP-16', 'bridge'],
  ['empty-duplicate-at-signal', 'IMP-17', 'bridge'],
  ['revert-everywhere', 'IMP-18', 'bridge'],
  ['no-call-factory', 'CALL-1', 'server object'],
  ['create-any-call', 'CALL-2'],
  ['begin-waits', 'CALL-3', 'client call'],
  ['begin-while-pending', 'CALL-4', 'client call'],
  ['wait-says-done', 'CALL-5', 'client call'],
  ['pending-wait-fails', 'CALL-5', 'client call'],
  ['finish-nothing', 'CALL-6', 'client call'],
  ['finish-loses-result', 'CALL-7', 'client call'],
  ['finish-loses-failure', 'CALL-7', 'client call'],
  ['usable-once', 'CALL-8', 'client call'],
  ['leak-released-call', 'CALL-9', 'client call'],
  ['leak-server-call', 'CALL-9', 'bridge'],
  ['synchronous-loses-result', 'CALL-10', 'bridge'],
  ['refuse-without-call-object', 'CALL-11'],
  ['own-identity', 'CALL-12', 'server object'],
  ['client-own-identity', 'CALL-12'],
  ['ignore-cancel', 'CALL-13', 'client call'],
  ['second-signal-fails', 'CALL-14'],
  ['second-signal-returns-early', 'CALL-14'],
  ['refuse-uncancellable', 'CALL-15'],
  ['cancel-twice', 'CALL-16', 'client call'],
  ['cancel-at-once', 'CALL-16', 'client call'],
  ['server-call-not-symmetric', 'CALL-17', 'server object'],
  ['client-call-not-symmetric', 'CALL-17'],
  ['test-cancel-pending', 'CALL-18', 'client call'],
];

// The rules about security that depend on async-com. The others depend on Windows only:
// judgement.test.ts shows that their judgements can fail.
export const securityFaults: readonly (readonly [fault: string, rule: string])[] = [
  ['wrong-client-blanket', 'SEC-1'],
  ['let-anybody-call', 'SEC-7'],
];

/**
 * Tests what each fault breaks.
 *
 * @param checked - The rules that are checked while the process has a fault, for a rule that it
 *   breaks. No other one of them may be broken.
 */
export function testFaults(
  outcome: string,
  verification: () => Verification,
  checked: (id: string) => readonly string[],
): void {
  for (const [fault, id, part] of faults) {
    it(`breaks ${id}${outcome}: ${fault}`, async function () {
      skipUnused(this, part, verification());
      await breaksOnly(verification(), fault, id, checked(id));
    });
  }
  for (const [fault, id] of securityFaults) {
    it(`breaks ${id}${outcome}: ${fault}`, async function () {
      await skipUnlessHolds(this, id, verification());
      await breaksOnly(verification(), fault, id, checked(id));
    });
  }
}

async function breaksOnly(
  verification: Verification,
  fault: string,
  id: string,
  checked: readonly string[],
): Promise<void> {
  await verification.setFault(fault);
  try {
    const reports = await runAll(verification, checked);
    const broken = reports.filter(({ verdict }) => verdict === 'broken');
    assert.deepEqual(
      broken.map((report) => report.id),
      [id],
      reasons(reports),
    );
  } finally {
    await verification.setFault('none');
  }
}

/** Skips the test if this host does not use the part of async-com that contains the fault. */
function skipUnused(context: Context, part: Fault[2], verification: Verification): void {
  if (part !== undefined && verification.host.callFactoryOnProxies) skip(context, parts[part]);
}

/** Skips the test if a rule about security does not hold without a fault. */
async function skipUnlessHolds(
  context: Context,
  id: string,
  verification: Verification,
): Promise<void> {
  const { verdict, reason } = await verification.run(id);
  if (verdict !== 'holds') skip(context, `${id} is ${verdict}: ${String(reason)}`);
}

export async function runAll(
  verification: Verification,
  ids: readonly string[],
): Promise<RuleReport[]> {
  const reports: RuleReport[] = [];
  for (const id of ids) reports.push(await verification.run(id));
  return reports;
}

export function reasons(reports: readonly RuleReport[]): string {
  return reports
    .filter(({ reason }) => reason !== null)
    .map(({ id, verdict, reason }) => `${id} ${verdict}: ${String(reason)}`)
    .join('\n');
}
