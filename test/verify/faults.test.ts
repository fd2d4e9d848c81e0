import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { RuleReport } from '#lib/verify/report/report.js';
import type { Rule } from '#lib/verify/rules/rule.js';
import { sceneDeadline } from '#lib/verify/scene/run-rule.js';
import { Verification } from '#lib/verify/verification.js';

import { testAddonEnv } from '../support/test-addon.js';
import { rulesOf } from '../support/rules-of.js';
import { skip } from '../support/skip.js';
import { expectedVerdict } from './expected.js';

// Parts of async-com that some hosts do not use. A fault of such a part can break its rule only on a
// host that uses the part.
const parts = {
  bridge: 'it is in the bridge and its IServerSecurity: no call comes over it here',
  'client call': 'it is in our call objects for clients: here they are COM’s',
  'server object': 'COM itself makes the server’s call objects here: with this fault it could not',
};

// The rule that each fault of the test addon breaks (native/testing/fault.h), and the part that
// contains the fault if not every host uses that part.
const faults: readonly (readonly [fault: string, rule: string, part?: keyof typeof parts])[] = [
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

// The rules that hold on every host that can observe them.
const keptEverywhere = [...rulesOf('IMP'), ...rulesOf('CALL')];

// The rules about security that depend on async-com. The others depend on Windows only:
// judgement.test.ts shows that their judgements can fail.
const securityFaults: readonly (readonly [fault: string, rule: string])[] = [
  ['wrong-client-blanket', 'SEC-1'],
  ['let-anybody-call', 'SEC-7'],
];

// Negative controls: every rule can fail, and a fault in one promise breaks no other rule.
describe('a fault of the test addon', function () {
  // verify gives up a scene that does not end before this time.
  this.timeout(2 * sceneDeadline);

  let verification: Verification;

  before(async function () {
    verification = await Verification.start(testAddonEnv);
  });

  after(() => verification.close());

  for (const [fault, id, part] of faults) {
    it(`breaks ${id} and no other rule: ${fault}`, async function () {
      if (part !== undefined && verification.host.callFactoryOnProxies) skip(this, parts[part]);
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
    it(`breaks ${id} and no other rule about security: ${fault}`, async function () {
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

  it('leaves every rule as it was before when it is removed', async () => {
    const reports = await runAll(verification, keptEverywhere);
    assert.deepEqual(
      reports.map(({ verdict }) => verdict),
      keptEverywhere.map(({ id }) => expectedVerdict(id, verification.host)),
      reasons(reports),
    );
  });

  it('exists for every rule about impersonation and calls', () => {
    assert.deepEqual(
      [...new Set(faults.map(([, id]) => id))],
      keptEverywhere.map(({ id }) => id),
    );
  });

  it('is not in the released addon, and neither is the other code of native/testing', async () => {
    const [released, test] = await Promise.all([
      readFile('build/Release/async_com.node', 'latin1'),
      readFile('build/tests/build/Release/async_com.node', 'latin1'),
    ]);
    const names = await namesInTestingRoom();
    assert.ok(names.length > 10, names.join(', '));
    for (const name of [...[...faults, ...securityFaults].map(([fault]) => fault), ...names]) {
      assert.ok(test.includes(name), `${name} is in the test addon`);
      assert.ok(!released.includes(name), `${name} is not in the released addon`);
    }
  });
});

/**
 * Returns the names of the exports and of the classes with virtual functions. A compiler writes both
 * into the binary.
 */
async function namesInTestingRoom(): Promise<string[]> {
  const folder = 'native/testing';
  const files = (await readdir(folder, { recursive: true })).filter((file) =>
    file.endsWith('.cpp'),
  );
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return texts.flatMap((text) =>
    [/^class (\w+) (?:final )?:/gm, /exports\.Set\("(\w+)"/g].flatMap((pattern) =>
      [...text.matchAll(pattern)].map(([, name = '']) => name),
    ),
  );
}

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
