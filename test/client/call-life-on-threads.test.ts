import assert from 'node:assert/strict';

import fc from 'fast-check';

import { newClsid } from '#lib/value/identifiers.js';

import {
  close,
  duringEnd,
  kill,
  type Model,
  newModel,
  racingSteps,
  type Real,
  type Step,
  stop,
  terminate,
  ThreadStep,
  threadSteps,
} from '../support/call-life.js';
import { type Caller, OwnCaller, WorkerCaller } from '../support/caller.js';
import { Child } from '../support/child.js';
import { Latch } from '../support/latch.js';

/** The main thread, and two workers. */
const threads = [0, 1, 2] as const;

/** The steps of a thread. Each is there twice, but for those after which the others do little. */
const stepsOf = (index: number) =>
  Object.entries(threadSteps).flatMap(([name, step]) => {
    const one = new ThreadStep(name, index, step);
    return /^(release|close)/.test(name) ? [one] : [one, one];
  });

/** Lets both kinds of calls of a thread wait for their handlers, whatever came before. */
const hold = (index: number) =>
  (['connect', 'finish', 'createCall', 'begin', 'call'] as const).map(
    (name) => new ThreadStep(name, index, threadSteps[name]),
  );

const racesOf = (index: number) =>
  Object.entries(racingSteps).map(([name, step]) => new ThreadStep(name, index, step));

const someOf = (steps: readonly Step[], most: number) =>
  fc.commands(
    steps.map((step) => fc.constant(step)),
    // Otherwise most runs would have a few steps alone.
    { maxCommands: most, size: 'max' },
  );

/** Ends the server or a thread, at the same time as the threads make their steps. */
type End = 'nothing' | 'close at once' | 'close in 20 ms' | 'terminate a worker' | 'kill';

describe('calls on three threads, in random orders of their steps', function () {
  this.timeout(120_000);

  const callers: Caller[] = [new OwnCaller()];
  let server: Child;

  before(async () => {
    const [child, ...workers] = await Promise.all([
      Child.start('call-life-server'),
      WorkerCaller.start(),
      WorkerCaller.start(),
    ]);
    server = child;
    callers.push(...workers);
  });

  after(async () => {
    for (const caller of callers) if (caller instanceof WorkerCaller) await caller.terminate();
    await server.kill();
  });

  /** Lets threads that have connected to a new server make steps. Then each of their calls ends. */
  async function play(
    steps: (model: Model, real: Real) => Promise<unknown>,
    made: () => void = () => undefined,
  ): Promise<void> {
    const clsid = newClsid();
    await server.ask('open', clsid);
    const connected = await Promise.all(callers.map((caller) => caller.connect(clsid)));
    for (const code of connected) assert.equal(code, 'S_OK');
    const model = newModel(callers.length);
    await steps(model, { server, clsid, callers, made });
    if (model.server === 'killed') server = await Child.start('call-life-server');
    else await server.ask('letAllGo');
    await Promise.all(callers.map((caller) => endCalls(caller)));
    if (model.server !== 'killed') await server.ask('forget', clsid);
  }

  /** Makes steps one after another, each on its thread. */
  const inTurn = (...parts: readonly Iterable<Step>[]) =>
    play(async (model, real) => {
      for (const steps of parts) await fc.asyncModelRun(() => ({ model, real }), steps);
    });

  /** Makes the steps of each thread at the same time as those of the others. */
  async function atOnce(parts: readonly Iterable<Step>[], end: End, after: number): Promise<void> {
    const due = new Latch();
    let left = after;
    const made = () => {
      if (left-- === 0) due.open();
    };
    await play(async (model, real) => {
      const steps = Promise.all(
        parts.map((part) => fc.asyncModelRun(() => ({ model, real }), part)),
      ).finally(() => {
        due.open();
      });
      const ending =
        end === 'nothing' ? undefined : due.opened('steps').then(() => endBy(end, model, real));
      await Promise.all([steps, ending]);
    }, made);
  }

  async function endBy(end: End, model: Model, { server, clsid }: Real): Promise<void> {
    model.ending = true;
    if (end === 'kill') {
      model.server = 'killed';
      await server.kill();
      return;
    }
    if (end === 'terminate a worker') {
      const [worker, thread] = [callers[2], model.threads[2]];
      assert.ok(worker instanceof WorkerCaller && thread !== undefined);
      await worker.terminate();
      const next = await WorkerCaller.start();
      callers[2] = next;
      assert.equal(await next.connect(clsid), 'S_OK');
      for (const key of [thread.state === 'held' && thread.key, thread.outgoing]) {
        const code = typeof key === 'string' && (await server.ask('cancelled', key));
        assert.ok(!code || code === 'RPC_E_CALL_CANCELED', String(code));
      }
    } else {
      await server.ask('close', clsid, end === 'close at once' ? 0 : 20);
    }
    await server.ask('giveUp');
  }

  it('return what their promises say, one step after another', async () => {
    const steps = [...threads.flatMap(stepsOf), stop, close(0), close(20)];
    await fc.assert(
      fc.asyncProperty(someOf(steps, 45), (commands) => inTurn(commands)),
      { numRuns: 60 },
    );
  });

  it('are cancelled when their worker is terminated', async () => {
    const steps = someOf(threads.flatMap(stepsOf), 30);
    await fc.assert(
      fc.asyncProperty(steps, steps, fc.constantFrom(1, 2), (before, after, worker) =>
        inTurn(before, hold(worker), [terminate(worker)], after),
      ),
      { numRuns: 4 },
    );
  });

  it('fail when their server is killed, and so do later calls', async () => {
    const steps = someOf(threads.flatMap(stepsOf), 30);
    await fc.assert(
      fc.asyncProperty(steps, steps, (before, after) =>
        inTurn(before, threads.flatMap(hold), [kill], after),
      ),
      { numRuns: 3 },
    );
  });

  const parts = fc.tuple(
    ...threads.map((index) => someOf([...stepsOf(index), ...racesOf(index)], 25)),
  );

  it('return what their promises say, on all threads at once', async () => {
    await fc.assert(
      fc.asyncProperty(parts, (commands) => atOnce(commands, 'nothing', 0)),
      { numRuns: 60 },
    );
  });

  it('are noticed when they break a promise (control)', async () => {
    const answered = new ThreadStep('abort', 1, [
      ({ outgoing }) => outgoing !== undefined,
      async (turn) => {
        await turn.caller.abort();
        await turn.expect(turn.caller.outcome(), 'S_OK');
      },
    ]);
    await assert.rejects(
      fc.assert(
        fc.asyncProperty(someOf([...stepsOf(1), answered], 40), (commands) => inTurn(commands)),
        { numRuns: 2000, endOnFailure: true },
      ),
      isFailure(/abort on thread 1 when .*: RPC_E_CALL_CANCELED instead of S_OK/),
    );
    const both = new ThreadStep('finish both', 2, [
      ({ state }) => state === 'answered',
      async (turn) => {
        await Promise.all([1, 2].map(() => turn.expect(turn.caller.finish(), 'S_OK')));
      },
    ]);
    const oftenBoth = someOf([...stepsOf(2), both, both, both, both], 40);
    await assert.rejects(
      fc.assert(
        fc.asyncProperty(oftenBoth, someOf(stepsOf(0), 40), (...parts) =>
          atOnce(parts, 'nothing', 0),
        ),
        { numRuns: 2000, endOnFailure: true },
      ),
      isFailure(/finish both on thread 2 when answered: RPC_E_CALL_COMPLETE instead of S_OK/),
    );
  });

  const ends: readonly (readonly [End, number])[] = [
    ['close at once', 15],
    ['close in 20 ms', 15],
    ['terminate a worker', 4],
    ['kill', 3],
  ];
  for (const [end, numRuns] of ends) {
    it(`end, on all threads at once, when something ends them: ${end}`, async () => {
      await fc.assert(
        fc.asyncProperty(parts, fc.nat(30), (commands, after) => atOnce(commands, end, after)),
        { numRuns },
      );
    });
  }
});

/** Checks the error of fast-check: its cause is the error of the step. */
function isFailure(cause: RegExp) {
  return (error: Error): boolean => {
    assert.match(error.message, /Counterexample: /);
    assert.match((error.cause as Error).message, cause);
    return true;
  };
}

/** Each call ends, whatever has happened to it. Then there is none to finish. */
async function endCalls(caller: Caller): Promise<void> {
  const [outcome, finished] = [await caller.outcome(), await caller.finish()];
  assert.ok(['none', ...duringEnd].includes(outcome), outcome);
  assert.ok(['CO_E_RELEASED', ...duringEnd].includes(finished), finished);
  const none = finished === 'CO_E_RELEASED' ? finished : 'RPC_E_CALL_COMPLETE';
  assert.equal(await caller.finish(), none);
}
