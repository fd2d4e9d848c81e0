import assert from 'node:assert/strict';

import type { Look } from '#lib/verify/scene/observation.js';
import { sceneDeadline } from '#lib/verify/scene/run-rule.js';
import { Verification } from '#lib/verify/verification.js';
import { processToken } from 'async-com';

import { rulesOf } from '../support/rules-of.js';
import { expectedPath, expectedVerdict } from './expected.js';

// How Wine 8.0 differs from Windows in the rules about security. Any other reason is an error in
// async-com.
const unlikeWindows: Readonly<Record<string, (own: { account: string; sid: string }) => string>> = {
  'SEC-1': ({ account }) => `Wine 8.0: the client’s account: expected ${account}, got none`,
  'SEC-2': () =>
    'Wine 8.0: the token’s level (identify): expected identification, got impersonation',
  'SEC-3': () => 'Wine 8.0: the token’s level: expected identification, got impersonation',
  'SEC-4': needsSecondAccount,
  'SEC-5': () => 'Wine 8.0: the client sets cloaking static, token: expected S_OK, got E_NOTIMPL',
  'SEC-6': () => 'Wine 8.0: setting a blanket on a call object: expected S_OK, got E_NOINTERFACE',
  'SEC-7': () => 'Wine 8.0: a caller without access permission: expected E_ACCESSDENIED, got S_OK',
  'SEC-8': () => 'Wine 8.0: a call without authentication: expected S_OK, got E_NOTIMPL',
  'SEC-9': needsSecondAccount,
};

function needsSecondAccount({ sid }: { sid: string }): string {
  return (
    `needs a second account: the client and the server both run as ${sid} ` +
    '(test/security/identity.test.ts creates one)'
  );
}

// These rules make no call. They use only the server's own objects.
const uncalled = ['CALL-1', 'CALL-2', 'CALL-12', 'CALL-17'];

describe('the contract', function () {
  // verify gives up a scene that does not end before this time.
  this.timeout(2 * sceneDeadline);

  let verification: Verification;

  before(async () => {
    verification = await Verification.start();
  });

  after(() => verification.close());

  for (const { id, promise } of [...rulesOf('IMP'), ...rulesOf('CALL')]) {
    it(`${id}: ${promise}`, async () => {
      const report = await verification.run(id);

      const { host } = verification;
      assert.equal(report.verdict, expectedVerdict(id, host), report.reason ?? '');
      assert.equal(report.path, uncalled.includes(id) ? null : expectedPath(host));
      if (!id.startsWith('IMP-')) return;
      const looks = report.observations.filter((one): one is Look => one.kind === 'look');
      assert.ok(
        looks.some(({ thread }) => thread !== null || report.path === 'system'),
        'no look had all three witnesses',
      );
      // The witnesses look in this order, and all times come from one clock.
      for (const { thread, otherThread, otherProcess } of looks) {
        assert.ok((thread?.time ?? 0) <= otherThread.time);
        assert.ok(otherThread.time <= otherProcess.time);
      }
    });
  }

  for (const { id, promise } of rulesOf('SEC')) {
    it(`${id}: ${promise}`, async () => {
      const { verdict, reason, observations } = await verification.run(id);

      if (verification.host.wine === '8.0') {
        const { user } = await processToken();
        const own = { account: `${user.domain ?? ''}\\${user.name ?? ''}`, sid: user.sid };
        assert.equal(reason, unlikeWindows[id]?.(own));
        assert.equal(verdict, 'not observable here');
      } else if (verdict === 'not observable here') {
        // The reason must name what was seen, or a missing account or computer.
        assert.match(
          reason ?? '',
          /^(Wine \S+: .+: expected .+, got .+|needs (a second account|another computer|a computer that admits ANONYMOUS LOGON): .+)$/,
        );
        console.log(`      ${id} is not observable here: ${String(reason)}`);
      } else {
        assert.equal(verdict, 'holds', reason ?? '');
        assert.ok(observations.length > 0);
      }
    });
  }

  for (const [family, count] of [
    ['IMP', 18],
    ['CALL', 18],
    ['SEC', 9],
  ] as const) {
    it(`has the rules ${family}-1 to ${family}-${String(count)}, each once and in order`, () => {
      assert.deepEqual(
        rulesOf(family).map(({ id }) => id),
        Array.from({ length: count }, (_, index) => `${family}-${String(index + 1)}`),
      );
    });
  }

  it('rejects an unknown rule', async () => {
    await assert.rejects(verification.run('IMP-99'), /there is no rule IMP-99/);
  });
});
