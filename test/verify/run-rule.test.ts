import assert from 'node:assert/strict';

import { plainThreadToken } from '#lib/verify/scene/observation.js';
import type { RuleReport } from '#lib/verify/report/report.js';
import type { Rule } from '#lib/verify/rules/rule.js';
import { rules as contract } from '#lib/verify/rules/all-rules.js';
import { runRule, type RuleRun } from '#lib/verify/scene/run-rule.js';
import { NotObservable, type Scene } from '#lib/verify/scene/scene.js';
import type { SceneProcesses } from '#lib/verify/scene/scene-processes.js';
import { Verification } from '#lib/verify/verification.js';
import type { Outcome } from '#lib/native/outcome.js';
import { threadToken } from 'async-com';

import { within } from '../support/within.js';

// The verdicts for a rule whose failure a broken promise of another rule would excuse, and for a rule
// that never ends. The processes are real. Only the further witness reports something wrong.
describe('a rule in real processes', () => {
  let verification: Verification;
  let looks = 0;
  let lies: readonly number[] = [];
  let silent = false;

  before(async () => {
    verification = await Verification.start(process.env, look);
  });

  beforeEach(() => {
    looks = 0;
    lies = [];
    silent = false;
  });

  after(() => verification.close());

  it('holds when the further witness reports what is true', async () => {
    assert.equal((await verification.run('IMP-6')).verdict, 'holds');
    assert.equal(looks, 4);
  });

  it('is broken when the rule that it needs holds in a run of its own', async () => {
    lies = [1];
    const { verdict, reason } = await verification.run('IMP-2');

    assert.equal(verdict, 'broken');
    assert.match(
      reason ?? '',
      /^as the call arrives: expected absent, .*disagree\) \(IMP-5 holds when checked alone\)$/,
    );
  });

  it('is not observable when the rule that it needs is broken in its own run, too', async () => {
    lies = [1, 2];
    const { verdict, reason } = await verification.run('IMP-2');

    assert.equal(verdict, 'not observable here');
    assert.equal(reason, 'needs IMP-5, which does not hold here (as the call arrives)');
  });

  it('is broken when the promise that fails is its own', async () => {
    lies = [1];
    const { verdict, reason } = await verification.run('IMP-5');

    assert.equal(verdict, 'broken');
    assert.match(reason ?? '', /^as the call arrives: expected absent, .*disagree\)$/);
  });

  it('is broken by a wrong look before the one that another rule excuses', async () => {
    lies = [3, 4];
    const { verdict, reason, observations } = await verification.run('IMP-6');

    assert.equal(verdict, 'broken');
    assert.match(reason ?? '', /^after RevertToSelf: expected absent, /);
    assert.equal(observations.at(-1)?.given, 'IMP-5');
    assert.equal(observations.at(-1)?.ok, false);
  });

  it('is broken when it does not end, and new processes run the next rule', async function () {
    this.timeout(60_000);
    await using hasty = await Verification.start(process.env, look, 5000);
    silent = true;
    const before = hasty.host;
    assert.ok(isRunning(before.serverProcessId) && isRunning(before.clientProcessId));
    const { id, verdict, reason } = await within(30_000, hasty.run('IMP-3'), 'the verdict');

    assert.deepEqual([id, verdict], ['IMP-3', 'broken']);
    assert.equal(reason, 'the check did not end in 5 s; seen so far: nothing');
    assert.ok(!isRunning(before.serverProcessId) && !isRunning(before.clientProcessId));

    silent = false;
    const next = await hasty.run('IMP-3');
    assert.equal(next.verdict, 'holds', next.reason ?? '');
    assert.notEqual(hasty.host.serverProcessId, before.serverProcessId);
  });

  async function look(threadId: number): ReturnType<typeof honest> {
    const seen = await honest(threadId);
    if (silent) return new Promise(() => undefined);
    if (!lies.includes(++looks)) return seen;
    return { ...seen, state: seen.state === 'absent' ? 'anonymous' : 'absent' };
  }
});

// These tests run invented rules without other processes and without COM.
describe('a verdict', () => {
  it('is broken when each of two rules would excuse the other', async () => {
    const rules = [rule('A', needs('B')), rule('B', needs('A'))];
    assert.deepEqual(verdictOf(await play('A', rules)), ['broken', `${wrong('B')} (B needs A)`]);
    assert.deepEqual(verdictOf(await play('B', rules)), ['broken', `${wrong('A')} (A needs B)`]);
  });

  it('is broken for rules in a circle, and not observable for a rule that needs one of them', async () => {
    const rules = [rule('A', needs('B')), rule('B', needs('C')), rule('C', needs('B'))];
    const [verdict] = verdictOf(await play('A', rules));
    assert.equal(verdict, 'not observable here');
    for (const id of ['B', 'C']) assert.equal(verdictOf(await play(id, rules))[0], 'broken');
  });

  it('needs no run of another rule when the rule holds', async () => {
    let played = 0;
    const other = rule('B', () => ++played);
    const rules = [rule('A', (scene) => seen(scene, 'one', true)), other];
    assert.deepEqual(verdictOf(await play('A', rules)), ['holds', null]);
    assert.equal(played, 0);
  });

  it('is broken by a wrong observation before the host makes the rest unobservable', async () => {
    const excuse = (): never => {
      throw new NotObservable('for want of a computer');
    };
    const rules = [
      rule('A', excuse),
      rule('B', (scene) => {
        seen(scene, 'one', false);
        excuse();
      }),
    ];
    assert.deepEqual(verdictOf(await play('A', rules)), [
      'not observable here',
      'for want of a computer',
    ]);
    assert.deepEqual(verdictOf(await play('B', rules)), [
      'broken',
      'one: expected right, got wrong',
    ]);
  });

  it('excuses a difference of Wine, and no wrong observation before it', async () => {
    const otherwise = { label: 'two', expected: 'right', seen: 'wrong', ok: false };
    const rules = [
      rule('A', (scene) => scene.judge(null, otherwise)),
      rule('B', (scene) => {
        seen(scene, 'one', false);
        scene.judge(null, otherwise);
      }),
    ];
    assert.equal(verdictOf(await play('A', rules, { wine: '8.0' }))[0], 'not observable here');
    assert.equal(verdictOf(await play('A', rules))[0], 'broken');
    const [verdict, reason] = verdictOf(await play('B', rules, { wine: '8.0' }));
    assert.equal(verdict, 'broken');
    assert.match(reason ?? '', /^one: /);
  });

  it('is broken by a call over the bridge when calls must take the system path', async () => {
    const rules = [rule('A', (scene) => seen(scene, 'one', true))];
    const calls = ['bridge', 'system'] as const;
    assert.equal(verdictOf(await play('A', rules, { calls, due: true }))[0], 'broken');
    assert.equal(verdictOf(await play('A', rules, { calls }))[0], 'holds');
    const asDue = await play('A', rules, { calls: ['system'], due: true });
    assert.deepEqual(verdictOf(asDue), ['holds', null]);
    assert.equal(asDue.report.path, 'system');
  });

  it('is broken when the scene does not end, and the reason lists what was seen', async () => {
    const endless = (scene: Scene): Promise<void> => {
      seen(scene, 'one', true);
      seen(scene, 'two', false);
      return new Promise(() => undefined);
    };
    const run = await play('A', [rule('A', endless)]);
    assert.deepEqual(verdictOf(run), [
      'broken',
      'the check did not end in 0.1 s; seen so far: one; two: expected right, got wrong',
    ]);
    assert.equal(run.ended, false);
  });

  it('is broken when Begin_ fails, and not observable for a rule that needs it', async () => {
    const begun: Outcome = {
      hresult: 0x80004005,
      code: 'E_FAIL',
      failure: 'system',
      operation: 'Begin_Call',
      threadId: 1,
      time: 1n,
    };
    const begin = (): Promise<Outcome> => Promise.resolve(begun);
    const reason = 'Begin_: expected S_OK, got E_FAIL';
    assert.deepEqual(verdictOf(await play('CALL-3', contract, { begin })), ['broken', reason]);
    assert.deepEqual(verdictOf(await play('CALL-4', contract, { begin })), [
      'not observable here',
      'needs CALL-3, which does not hold here (Begin_)',
    ]);
  });

  it('is broken when a call object of the scene cannot be released', async () => {
    const leave = async (scene: Scene): Promise<void> => {
      seen(scene, 'one', true);
      await scene.createCall();
    };
    for (const [release, reason] of [
      [() => new Promise<void>(() => undefined), /^the check did not end in 0.1 s; /],
      [() => Promise.reject(new Error('gone')), /^the check stopped with an error: gone$/],
    ] as const) {
      const run = await play('A', [rule('A', leave)], { release });
      assert.equal(run.report.verdict, 'broken');
      assert.match(run.report.reason ?? '', reason);
      assert.equal(run.ended, false);
    }
  });
});

interface MadeUp {
  readonly wine?: string;
  /** The paths of the calls that arrive when the scene begins. */
  readonly calls?: readonly ('system' | 'bridge')[];
  readonly due?: boolean;
  /** Takes the place of `begin` of the client's call object. */
  readonly begin?: () => Promise<Outcome>;
  readonly release?: () => Promise<void>;
}

function play(
  id: string,
  rules: readonly Rule[],
  { wine, calls = [], due = false, begin, release = () => Promise.resolve() }: MadeUp = {},
): Promise<RuleRun> {
  const processes = {
    wine: wine ?? null,
    watchCalls: (arrived: (call: { path: string }) => void) => {
      for (const path of calls) arrived({ path });
      return () => undefined;
    },
    caller: () => Promise.resolve({ createCall: () => Promise.resolve({ begin, release }) }),
    expectCall: () => ({ ticket: 1, arrived: new Promise(() => undefined) }),
  };
  return runRule(id, rules, processes as unknown as SceneProcesses, due, 100);
}

function rule(id: string, observe: (scene: Scene) => unknown): Rule {
  return {
    id,
    promise: '',
    basis: 'product',
    source: { title: '', url: '' },
    observe: async (scene) => {
      await observe(scene);
    },
  };
}

function seen(scene: Scene, label: string, right: boolean, given?: string): void {
  const relied = given === undefined ? {} : { given };
  scene.check(label, 0, 'right', right ? 'right' : 'wrong', 0, relied);
}

function needs(other: string): (scene: Scene) => void {
  return (scene) => seen(scene, other, false, other);
}

function wrong(other: string): string {
  return `${other}: expected right, got wrong`;
}

function verdictOf({ report }: RuleRun): [RuleReport['verdict'], string | null] {
  return [report.verdict, report.reason];
}

async function honest(threadId: number): Promise<ReturnType<typeof plainThreadToken>> {
  return plainThreadToken(await threadToken(threadId, { detail: 'brief' }));
}

function isRunning(processId: number): boolean {
  try {
    return process.kill(processId, 0);
  } catch {
    return false;
  }
}
