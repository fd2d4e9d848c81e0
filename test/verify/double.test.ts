import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

import type { Report } from '#lib/verify/report/report.js';
import { sceneDeadline } from '#lib/verify/scene/run-rule.js';
import { Verification } from '#lib/verify/verification.js';

import { doubleEnv } from '../support/test-addon.js';
import { rulesOf } from '../support/rules-of.js';
import { expectedVerdict } from './expected.js';

// A double of COM takes the place of COM in the server process: native/testing/double. These tests
// show that async-com works with a COM that does what the documentation says of Windows. They show
// nothing about Windows.

const rules = [...rulesOf('IMP'), ...rulesOf('CALL')];

// One step that the double does wrong, the rule that notices it, and how.
const controls: readonly (readonly [step: number, control: string, rule: string, seen: RegExp])[] =
  [
    [1, 'never asynchronous', 'CALL-3', /took the bridge/],
    [2, 'no ISynchronize', 'IMP-1', /Call failed with E_NOINTERFACE/],
    [3, 'no fallback', 'CALL-11', /echo, Finish_: expected S_OK, got E_NOINTERFACE/],
    [4, 'asks for IMethodCall', 'CALL-3', /took the bridge/],
    [5, 'no call context', 'IMP-14', /took the bridge/],
    [5, 'frees [in] data early', 'CALL-10', /got DISP_E_MEMBERNOTFOUND/],
    [6, 'Reset completes', 'CALL-3', /Finish_: expected S_OK, got RPC_S_CALLPENDING/],
    [7, 'never completes', 'IMP-2', /ImpersonateClient: expected fails, got S_OK/],
    [7, 'drops token at Signal', 'IMP-3', /after Signal: expected present, seen absent/],
    [7, 'reverts nothing', 'IMP-4', /after RevertToSelf: expected absent, seen present/],
    [8, 'keeps token', 'IMP-5', /after Begin_ has returned: expected absent, seen present/],
    [9, "Signal on Begin_'s thread only", 'CALL-14', /Signal after Begin_: .*RPC_E_WRONG_THREAD/],
    [10, 'keeps call object', 'CALL-9', /COM objects left at the server: expected 0, got \d+/],
  ];

// What COM may do where the documentation is silent, and the rules that it could break.
const variants: readonly (readonly [variant: string, ...rules: string[]])[] = [
  ['create for AsyncIMethodCall', 'IMP-5', 'CALL-7', 'CALL-9'],
  ['starts signalled', 'IMP-1', 'CALL-3', 'CALL-5'],
  ['cannot reset', 'IMP-1', 'CALL-3', 'CALL-8'],
  ['thread ends', 'IMP-5', 'IMP-6', 'IMP-7', 'IMP-8', 'IMP-17', 'CALL-14'],
  ['removes token late', 'IMP-5', 'IMP-7', 'IMP-8', 'IMP-17'],
  ['no call handle', 'IMP-1', 'CALL-3', 'CALL-13'],
  ['impersonating per call', 'IMP-9', 'IMP-13', 'IMP-14'],
  ['refuses with E_FAIL', 'IMP-2', 'IMP-7', 'IMP-8'],
];

describe('async-com on a double of COM', function () {
  // verify gives up a scene that does not end before this time.
  this.timeout(2 * sceneDeadline);

  let verification: Verification;

  before(async () => {
    verification = await Verification.start(doubleEnv);
  });

  after(() => verification.close());

  afterEach(() => verification.setFault('none'));

  for (const { id } of rules) {
    it(`keeps ${id}`, async () => {
      const { verdict, reason, path } = await verification.run(id);

      assert.equal(verdict, expectedVerdict(id, verification.host), reason ?? '');
      assert.equal(path, 'double');
    });
  }

  for (const [variant, ...ids] of variants) {
    it(`keeps ${ids.join(', ')} on the variant: ${variant}`, async () => {
      await verification.setFault(`double: ${variant}`);
      for (const id of ids) {
        const { verdict, reason, path } = await verification.run(id);

        assert.equal(verdict, 'holds', `${id}: ${reason ?? ''}`);
        assert.equal(path, 'double');
      }
    });
  }

  for (const [step, control, id, seen] of controls) {
    it(`notices by ${id} that step ${String(step)} is done wrong: ${control}`, async () => {
      await verification.setFault(`double: ${control}`);
      const { verdict, reason } = await verification.run(id);

      assert.equal(verdict, 'broken', reason ?? '');
      assert.match(reason ?? '', seen);
      await verification.setFault('none');
      assert.equal((await verification.run(id)).verdict, 'holds');
    });
  }

  it('has a control for each of the ten steps', () => {
    const steps = new Set(controls.map(([step]) => step));
    assert.deepEqual(
      [...steps],
      Array.from({ length: 10 }, (_, index) => index + 1),
    );
  });

  it('has a test for each behaviour of the double', async () => {
    const source = await readFile('native/testing/double/behaviour.cpp', 'utf8');
    const names = [...source.matchAll(/\{"double: (.*)", /g)].map(([, name]) => name);
    const serverTests = await readFile('test/verify/double-server.test.ts', 'utf8');
    const tested = [...controls.map(([, name]) => name), ...variants.map(([name]) => name)];
    for (const name of names) {
      assert.ok(
        tested.includes(name ?? '') || serverTests.includes(`'double: ${String(name)}'`),
        name,
      );
    }
  });
});

describe('a report of verify on a double of COM', () => {
  const run = (...args: string[]) =>
    promisify(execFile)(process.execPath, ['dist/cli/main.js', 'verify', ...args], {
      env: { ...doubleEnv, FORCE_COLOR: '0' },
    });

  it('says "double" in its head, in each rule and in its totals', async () => {
    const { stdout } = await run('--rule', 'IMP-1', '--rule', 'CALL-1');

    assert.match(stdout, /^a double of COM at the server, not Windows; Wine /);
    for (const id of ['IMP-1', 'CALL-1']) {
      const row = new RegExp(`│ ${id} [^]*?(?=├|└)`).exec(stdout)?.[0] ?? '';
      assert.match(row, /│ holds +│\r?\n.*│ double +│/);
      assert.doesNotMatch(row, /system|bridge/);
    }
    assert.match(stdout, /2 rules on the double: 2 hold, 0 broken/);
    assert.match(stdout, /It says nothing about Windows\./);
    assert.doesNotMatch(stdout, /This host is Wine/);
  });

  it('says "double" in its JSON, and never "system"', async () => {
    const { stdout } = await run('--json', '-', '--rule', 'IMP-1', '--rule', 'CALL-1');

    const { host, rules: reports } = JSON.parse(stdout) as Report;
    assert.equal(host.double, 'server');
    assert.deepEqual(
      reports.map(({ path }) => path),
      ['double', 'double'],
    );
    assert.ok(!stdout.includes('"system"'));
  });
});
