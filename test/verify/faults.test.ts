import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import type { RuleReport } from '#lib/verify/report/report.js';
import type { Rule } from '#lib/verify/rules/rule.js';
import { sceneDeadline } from '#lib/verify/scene/run-rule.js';
import { Verification } from '#lib/verify/verification.js';

import { faultBuildEnv } from '../support/fault-build.js';
import { rulesOf } from '../support/rules-of.js';
import { skip } from '../support/skip.js';
import { expectedVerdict } from './expected.js';

// What only some hosts have, or have of ours: there a fault in it breaks just its rule.
const parts = {
  bridge: 'it is in the bridge and its IServerSecurity: no call comes over it here',
  'client call': 'it is in our call objects for clients: here they are COM’s',
  'server object': 'COM itself makes the server’s call objects here: with this fault it could not',
};

// Which promise each fault of the test build breaks (native/testing/fault.h), and where it is if that
// is not part of every host's calls.
const faults: readonly (readonly [fault: string, rule: string, part?: keyof typeof parts])[] = [
  ['impersonate-without-token', 'IMP-1', 'bridge'],
  ['impersonate-after-signal', 'IMP-2', 'bridge'],
  ['drop-token-at-signal', 'IMP-3', 'bridge'],
  ['revert-nothing-after-signal', 'IMP-4', 'bridge'],
  ['keep-token-after-begin', 'IMP-5', 'bridge'],
  ['leak-token-into-next-call', 'IMP-5', 'bridge'],
  ['restore-token-at-begin-return', 'IMP-6', 'bridge'],
  ['impersonate-after-foreign-signal', 'IMP-7', 'bridge'],
  ['close-gate-at-begin-return', 'IMP-8', 'bridge'],
  ['impersonating-forever', 'IMP-9', 'bridge'],
  ['revert-counts', 'IMP-10', 'bridge'],
  ['forget-earlier-token', 'IMP-11', 'bridge'],
  ['token-on-rpc-thread', 'IMP-12', 'bridge'],
  ['share-impersonating', 'IMP-13', 'bridge'],
  ['no-call-context', 'IMP-14', 'bridge'],
  ['bind-security-to-thread', 'IMP-15', 'bridge'],
  ['keep-call-context', 'IMP-16', 'bridge'],
  ['empty-duplicate-at-signal', 'IMP-17', 'bridge'],
  ['no-call-factory', 'CALL-1', 'server object'],
  ['create-any-call', 'CALL-2'],
  ['begin-waits', 'CALL-3', 'client call'],
  ['begin-while-pending', 'CALL-4', 'client call'],
  ['wait-says-done', 'CALL-5', 'client call'],
  ['finish-nothing', 'CALL-6', 'client call'],
  ['finish-loses-result', 'CALL-7', 'client call'],
  ['usable-once', 'CALL-8', 'client call'],
  ['leak-released-call', 'CALL-9', 'client call'],
  ['leak-server-call', 'CALL-9', 'bridge'],
  ['synchronous-loses-result', 'CALL-10', 'bridge'],
  ['refuse-without-call-object', 'CALL-11'],
  ['own-identity', 'CALL-12', 'server object'],
  ['client-own-identity', 'CALL-12'],
  ['ignore-cancel', 'CALL-13', 'client call'],
  ['second-signal-fails', 'CALL-14'],
  ['refuse-uncancellable', 'CALL-15'],
];

// The rules that hold on every host, as far as they can be seen there.
const keptEverywhere = [...rulesOf('IMP'), ...rulesOf('CALL')];

// What is ours to break of the rules about security. The others are Windows's own: what judges them
// is shown to fail in judgement.test.ts.
const securityFaults: readonly (readonly [fault: string, rule: string])[] = [
  ['wrong-client-blanket', 'SEC-1'],
  ['let-anybody-call', 'SEC-7'],
];

// Negative controls: every rule can fail, and fails for its own reason.
describe('the faults of the test build', function () {
  // A scene that does not end is given up before.
  this.timeout(2 * sceneDeadline);

  let verification: Verification;

  before(async function () {
    verification = await Verification.start(faultBuildEnv);
  });

  after(() => verification.close());

  for (const [fault, id, part] of faults) {
    it(`${fault} breaks ${id} and no other rule`, async function () {
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
      keptEverywhere.map(({ id }) => expectedVerdict(id, verification.host)),
      reasons(reports),
    );
  });

  it('break every rule about impersonation and calls', () => {
    assert.deepEqual(
      [...new Set(faults.map(([, id]) => id))],
      keptEverywhere.map(({ id }) => id),
    );
  });

  it('are not in the released addon, nor is anything of the testing room', async () => {
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

/** The classes with virtual functions, which a compiler names in what it makes, and the exports. */
async function namesInTestingRoom(): Promise<string[]> {
  const folder = 'native/testing';
  const files = (await readdir(folder)).filter((file) => file.endsWith('.cpp'));
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
