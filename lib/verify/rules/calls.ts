// What a client may rely on: the steps of its call object, and the values that cross.
import { isDeepStrictEqual } from 'node:util';

import type { FinishedCall } from '../../native/client.js';
import { isFailure } from '../../errors/com-error.js';
import { hresultName } from '../../errors/hresult-names.js';
import { native } from '../../native/addon.js';
import type { Outcome } from '../../native/outcome.js';
import type { ServerCall } from '../../server/server-call.js';
import type { CallerCall, ServerKind } from '../scene/scene-processes.js';
import type { Rule } from './rule.js';
import type { Given, Scene } from '../scene/scene.js';
import { sources } from './sources.js';

const infinite = 0xffffffff;
const ok = ['S_OK'];
// The name in the headers. Some pages call it RPC_E_CALL_PENDING or RPC_E_TIMEOUT.
const pending = ['RPC_S_CALLPENDING'];
const complete = ['RPC_E_CALL_COMPLETE'];
// From async-com's call objects, from those of Windows as an HRESULT, and as a Win32 code.
const cancelled = ['RPC_E_CALL_CANCELED', 'RPC_S_CALL_CANCELLED', hresultName(0x71a)];

// One of each kind of value, with edge cases.
const values = [true, -1, 0.5, 2n ** 63n - 1n, 'text\0ü', null, [1, ['nested']], new Date(0)];

export const callRules: readonly Rule[] = [
  {
    id: 'CALL-3',
    promise: 'Begin_ returns to the client before the server has finished the call.',
    basis: 'documented',
    source: sources.makingAnAsynchronousCall,
    async observe(scene) {
      const client = await scene.createCall();
      const { ticket, arrived } = scene.expectCall();
      const beginning = client.begin('scene', ticket);
      const refused = await Promise.race([beginning, arrived.then(() => null)]);
      if (refused !== null && isFailure(refused.hresult)) {
        // No call will arrive.
        scene.gives('Begin_', refused, ok);
        return;
      }
      const call = await arrived;
      // A Begin_ that waits for the answer would wait for ever, so this waits for a second at most.
      await Promise.race([beginning, soon()]);
      const signalled = await call.attemptSignal();
      const begun = await beginning;
      scene.gives('Begin_', begun, ok);
      const first = begun.time < signalled.time ? 'Begin_’s return' : 'Signal';
      scene.check('which came first', begun.threadId, 'Begin_’s return', first, begun.time);
      scene.gives('Finish_', await client.finish(), ok);
      if (first === 'Signal') return;
      // The Signal above needed a thread for Begin_. This call needs none.
      const quiet = await pendingCall(scene, false, {});
      await answer(scene, quiet.call, false);
      scene.gives('Finish_, no thread lent', await quiet.client.finish(), ok);
    },
  },
  {
    id: 'CALL-4',
    promise: 'Begin_ fails on a call object whose call is still pending.',
    basis: 'documented',
    source: sources.makingAnAsynchronousCall,
    async observe(scene) {
      for (const lent of [true, false]) {
        const { client } = await pendingCall(scene, lent);
        scene.gives(`a second Begin_${how(lent)}`, await client.begin('echo'), pending);
      }
    },
  },
  {
    id: 'CALL-5',
    promise:
      'ISynchronize::Wait returns RPC_S_CALLPENDING if its time runs out first, and may then ' +
      'be called again. When the call is complete it returns S_OK, also a Wait that is pending ' +
      'then.',
    basis: 'documented',
    source: sources.wait,
    async observe(scene) {
      for (const lent of [true, false]) {
        const { client, call } = await pendingCall(scene, lent);
        scene.gives(`Wait, no time${how(lent)}`, await client.wait(0), pending);
        scene.gives(`Wait, a short time${how(lent)}`, await client.wait(10), pending);
        const waiting = client.wait(infinite);
        // Time for the wait to begin.
        await client.wait(50);
        await answer(scene, call, lent);
        scene.gives(`Wait, pending at Signal${how(lent)}`, await waiting, ok);
        scene.gives(`Wait, after Signal${how(lent)}`, await client.wait(infinite), ok);
        scene.gives(`Wait, again${how(lent)}`, await client.wait(0), ok);
      }
    },
  },
  {
    id: 'CALL-6',
    promise: 'Finish_ returns RPC_E_CALL_COMPLETE if no call is in progress.',
    basis: 'documented',
    source: sources.makingAnAsynchronousCall,
    async observe(scene) {
      const client = await scene.createCall();
      scene.gives('Finish_ before Begin_', await client.finish(), complete);
      await client.begin('echo');
      scene.gives('Finish_', await client.finish(), ok, { given: 'CALL-7' });
      scene.gives('a second Finish_', await client.finish(), complete);
    },
  },
  {
    id: 'CALL-7',
    promise:
      'Finish_ returns exactly what the synchronous method would have returned: the out ' +
      'parameters and the HRESULT. Of a Begin_ that failed, it returns the HRESULT, once.',
    basis: 'documented',
    source: sources.makingAndProcessing,
    async observe(scene) {
      const caller = await scene.caller();
      for (const [method, ...args] of everyKind) {
        const synchronous = await caller.callSynchronously('withCallObject', method, ...args);
        if (isEcho(method))
          same(scene, 'the synchronous call', synchronous, args, given('CALL-10'));
        const client = await scene.createCall();
        scene.gives(`${method}: Begin_`, await client.begin(method, ...args), ok);
        const finished = await client.finish();
        scene.gives(`${method}: Finish_`, finished, [synchronous.code]);
        const equal = isDeepStrictEqual(finished.value, synchronous.value);
        scene.check(
          `${method}: out parameters`,
          finished.threadId,
          'equal',
          inWords(equal),
          finished.time,
        );
      }
      // A server that takes no further call fails Begin_.
      const { client: first, call } = await pendingCall(scene, false, given('CALL-3'), 'busy');
      const synchronous = await caller.callSynchronously('busy', 'echo');
      scene.gives('busy: the synchronous call', synchronous, ['RPC_E_SERVERCALL_RETRYLATER']);
      const second = await scene.createCall('busy');
      const begun = await second.begin('echo');
      scene.record('Begin_ if the server is busy', begun.code);
      scene.gives('busy: Begin_', begun, [...ok, synchronous.code]);
      scene.gives('busy: Finish_', await second.finish(), [synchronous.code]);
      scene.gives('busy: a second Finish_', await second.finish(), complete, given('CALL-6'));
      await scene.letGo(call);
      scene.gives('Finish_ of the call before', await first.finish(), ok);
    },
  },
  {
    id: 'CALL-8',
    promise: 'A call object can be used again after Finish_.',
    basis: 'documented',
    source: sources.makingAnAsynchronousCall,
    async observe(scene) {
      const client = await scene.createCall();
      for (const [round, method] of [
        ['first', 'echo'],
        ['second', 'echoOnThread'],
        ['third', 'echo'],
      ] as const) {
        const begun = await client.begin(method, round);
        scene.gives(`${round} Begin_`, begun, ok);
        if (begun.hresult !== 0) return;
        same(scene, `${round} Finish_`, await client.finish(), [round], given('CALL-7'));
      }
    },
  },
  {
    id: 'CALL-9',
    promise:
      'Releasing a call object without Finish_ cleans up the call. Nothing leaks at the client ' +
      'or at the server. What Signal returns at the server is recorded.',
    basis: 'documented',
    source: sources.makingAnAsynchronousCall,
    async observe(scene) {
      const caller = await scene.caller();
      const counts = {
        client: () => caller.comObjects(),
        server: () => Promise.resolve(native.comObjects()),
      };
      const before = {
        client: await settledObjects(counts.client),
        server: await settledObjects(counts.server),
      };
      let signalled: Outcome | undefined;
      // Several calls: an object of an earlier rule that is released only now must not hide a leak.
      for (const lent of [true, false, true, false, true]) {
        const { client, call } = await pendingCall(scene, lent);
        await client.release();
        if (lent) {
          signalled = await call.attemptSignal();
          scene.record('Signal after the client’s release', signalled.code);
        }
        await scene.letGo(call);
        await call.beginReturned();
      }
      for (const whose of ['client', 'server'] as const) {
        const after = await settledObjects(counts[whose], before[whose]);
        // There may be fewer than before, if an object of an earlier rule was released late.
        const left = String(Math.max(after - before[whose], 0));
        const label = `COM objects left at the ${whose}`;
        scene.check(label, signalled?.threadId ?? 0, '0', left, signalled?.time ?? 0);
      }
    },
  },
  {
    id: 'CALL-10',
    promise:
      'A synchronous client of the asynchronous server sees no difference from a synchronous ' +
      'server.',
    basis: 'documented',
    source: sources.makingAndProcessing,
    async observe(scene) {
      const caller = await scene.caller();
      for (const lent of [false, true]) {
        const [echo, fail] = lent ? ['echoOnThread', 'failOnThread'] : ['echo', 'fail'];
        const echoed = await caller.callSynchronously('withCallObject', echo, ...values);
        same(scene, echo, echoed, values);
        const failed = await caller.callSynchronously('withCallObject', fail);
        scene.gives(fail, failed, ok);
        const code = failed.value?.handlerError?.code ?? 'none';
        scene.check(
          'the handler’s error',
          failed.threadId,
          'ERROR_FILE_NOT_FOUND',
          code,
          failed.time,
        );
      }
    },
  },
  {
    id: 'CALL-11',
    promise:
      'An asynchronous client gets its results even if the server implements ICallFactory but ' +
      'has no call object for the interface.',
    basis: 'documented',
    source: sources.makingAndProcessing,
    async observe(scene) {
      await asynchronous(scene, 'withCallObject', given('CALL-7'));
      await asynchronous(scene, 'without');
    },
  },
  {
    id: 'CALL-13',
    promise:
      'ICancelMethodCalls::Cancel unblocks the client, and Finish_ fails with a code that means ' +
      'cancelled. Until Finish_, Begin_ fails because the call is pending. What Cancel returns ' +
      'is recorded.',
    basis: 'documented',
    source: sources.cancelingAnAsynchronousCall,
    async observe(scene) {
      for (const lent of [true, false]) {
        const { client, call } = await pendingCall(scene, lent);
        const abort = new Promise<string>((resolve) => {
          call.cancelled.addEventListener('abort', () => {
            resolve('cancelled');
          });
        });
        const cancelling = await client.cancel();
        scene.record('Cancel', cancelling.code);
        const waited = await client.wait(1000);
        scene.gives('Wait, while the handler goes on', waited, ok);
        // Without this, Finish_ would wait for ever.
        if (waited.hresult !== 0) await call.attemptSignal();
        scene.gives('Begin_ before Finish_', await client.begin('echo'), pending, given('CALL-4'));
        // On a busy machine the server learns of it late, and only while the call is in progress.
        const noticed = () => Promise.race([abort, soon('not cancelled', 3000)]);
        let seen: string | undefined;
        if (!lent && waited.hresult === 0) {
          seen = await noticed();
          // The client ignores an answer that comes after it has cancelled.
          await scene.letGo(call);
        }
        const finished = await client.finish();
        scene.gives('Finish_', finished, cancelled);
        scene.record('Finish_ of a cancelled call', finished.code);
        // In the lent call the client goes on before the server learns of it.
        seen ??= await noticed();
        const threadId = lent ? await scene.threadIdOf(call) : (call.rpcThreadId ?? 0);
        scene.check('at the handler', threadId, 'cancelled', seen, cancelling.time);
        scene.gives('Begin_ after Finish_', await client.begin('echo'), ok, given('CALL-8'));
        scene.gives('Finish_ after that', await client.finish(), ok);
        if (waited.hresult !== 0) return;
        // The handler returns an answer that nobody waits for.
        await scene.letGo(call);
      }
    },
  },
  {
    id: 'CALL-14',
    promise:
      'Signal may be called on any thread, even after Begin_ has returned. A second Signal ' +
      'does no harm. If it comes while the first runs, it waits for the first.',
    basis: 'product',
    source: sources.signal,
    async observe(scene) {
      const { client, call } = await pendingCall(scene);
      call.returnFromBegin();
      const { threadId } = await call.beginReturned();
      const signalled = await call.attemptSignal('answer', { thread: 'completion' });
      scene.gives('Signal after Begin_', signalled, ok);
      const where = signalled.threadId === threadId ? 'Begin_’s thread' : 'another thread';
      scene.check('Signal ran on', signalled.threadId, 'another thread', where, signalled.time);
      same(scene, 'Finish_', await client.finish(), 'answer', given('CALL-7'));

      const twice = await pendingCall(scene);
      scene.gives('Signal', await twice.call.attemptSignal('first'), ok);
      scene.gives('a second Signal', await twice.call.attemptSignal('second'), ok);
      same(scene, 'the answer', await twice.client.finish(), 'first', given('CALL-7'));

      // Whichever of the two returns first, the answer is on its way then.
      const both = await pendingCall(scene, true);
      const signals = [
        both.call.attemptSignal('same', { thread: 'completion' }),
        both.call.attemptSignal('same'),
      ];
      scene.gives('the first to return of two Signals', await Promise.race(signals), ok);
      const { code } = await both.client.wait(1000);
      const became = code === 'S_OK' ? 'complete' : code;
      scene.check('the call after that', 0, 'complete', became, 0, given('CALL-5'));
      for (const one of signals) scene.gives('each of two Signals', await one, ok);
      same(scene, 'the answer', await both.client.finish(), 'same', given('CALL-7'));

      // The handler's return signals. No thread is lent for that, nor for a Signal after it.
      const quiet = await pendingCall(scene);
      quiet.call.returnFromBegin();
      await scene.letGo(quiet.call);
      scene.gives('a second Signal, no thread lent', await quiet.call.attemptSignal('second'), ok);
      same(scene, 'the answer', await quiet.client.finish(), undefined, given('CALL-7'));
    },
  },
  {
    id: 'CALL-15',
    promise:
      'Asynchronous and synchronous calls are the same on the wire. Any client works with any ' +
      'server.',
    basis: 'documented',
    source: sources.makingAndProcessing,
    async observe(scene) {
      const caller = await scene.caller();
      await asynchronous(scene, 'withCallObject', given('CALL-7'));
      await asynchronous(scene, 'without', given('CALL-11'));
      const both = await caller.callSynchronously('withCallObject', 'echo', ...values);
      same(scene, 'synchronous, call object', both, values, given('CALL-10'));
      const plain = await caller.callSynchronously('without', 'echo', ...values);
      same(scene, 'synchronous, no call object', plain, values);
    },
  },
  {
    id: 'CALL-16',
    promise:
      'Cancel with a time waits for the answer, and returns RPC_E_CALL_COMPLETE if it comes in ' +
      'time: then the call is not cancelled. If the call was cancelled before, Cancel says so.',
    basis: 'documented',
    source: sources.cancel,
    async observe(scene) {
      const late = await pendingCall(scene);
      await late.client.cancel();
      scene.gives('Wait after Cancel', await late.client.wait(1000), ok, given('CALL-13'));
      const again = await late.client.cancel();
      scene.gives('a second Cancel', again, cancelled);
      scene.record('a second Cancel', again.code);
      scene.gives('Finish_ after that', await late.client.finish(), cancelled, given('CALL-13'));
      await scene.letGo(late.call);

      const early = await pendingCall(scene);
      const cancelling = early.client.cancel(20);
      const returned = await Promise.race([cancelling, soon(null, 100)]);
      const what = returned === null ? 'waits' : returned.code;
      scene.check('Cancel with a time, no answer yet', 0, 'waits', what, 0);
      await scene.letGo(early.call);
      scene.gives('Cancel with a time, answered', await cancelling, complete);
      scene.gives('Finish_ after that', await early.client.finish(), ok);
    },
  },
  {
    id: 'CALL-18',
    promise:
      'ICancelMethodCalls::TestCancel returns RPC_E_CALL_CANCELED if the call was cancelled, and ' +
      'RPC_S_CALLPENDING if it is pending. What it returns when the call is complete is recorded.',
    basis: 'documented',
    source: sources.testCancel,
    async observe(scene) {
      const { client, call } = await pendingCall(scene);
      scene.gives('TestCancel of a pending call', await client.testCancel(), pending);
      await client.cancel();
      scene.gives('Wait after Cancel', await client.wait(1000), ok, given('CALL-13'));
      const cancelledCall = await client.testCancel();
      scene.gives('TestCancel of a cancelled call', cancelledCall, ['RPC_E_CALL_CANCELED']);
      scene.gives('Finish_', await client.finish(), cancelled, given('CALL-13'));
      await scene.letGo(call);

      const answered = await pendingCall(scene);
      await scene.letGo(answered.call);
      await answered.client.wait(infinite);
      scene.record('TestCancel of a complete call', (await answered.client.testCancel()).code);
      scene.gives('Finish_ of the complete call', await answered.client.finish(), ok);
    },
  },
];

const everyKind: readonly (readonly [method: string, ...args: unknown[]])[] = [
  ['echo', ...values],
  ['echoOnThread', ...values],
  ['fail'],
  ['failOnThread'],
  ['noSuchMethod'],
];

function isEcho(method: string): boolean {
  return method.startsWith('echo');
}

function how(lent: boolean): string {
  return lent ? '' : ', no thread lent';
}

function given(rule: string): Given {
  return { given: rule };
}

function inWords(equal: boolean): string {
  return equal ? 'equal' : 'different';
}

/**
 * Makes a client's call and holds its handler at the server. With `lent`, a thread is lent for
 * Begin_ from the start. Otherwise, a call over the bridge gets a thread only when something needs
 * it.
 */
async function pendingCall(
  scene: Scene,
  lent = false,
  relied = given('CALL-3'),
  server: ServerKind = 'withCallObject',
): Promise<{ client: CallerCall; call: ServerCall }> {
  const client = await scene.createCall(server);
  const { ticket, arrived } = scene.expectCall();
  const beginning = client.begin('scene', ticket);
  const refused = await Promise.race([beginning, arrived.then(() => null)]);
  // If Begin_ fails, no call will arrive.
  if (refused !== null && isFailure(refused.hresult)) {
    scene.gives('Begin_', refused, ok, relied);
  }
  const call = await arrived;
  if (lent) await scene.threadIdOf(call);
  // A Begin_ that waits for the answer would wait for ever.
  const begun = await Promise.race([beginning, soon(null)]);
  if (begun !== null) scene.gives('Begin_', begun, ok, relied);
  else scene.check('Begin_', await scene.threadIdOf(call), 'returned', 'waits', 0, relied);
  return { client, call };
}

/** Answers the client by Signal, which needs a thread, or by the handler's return, which does not. */
async function answer(scene: Scene, call: ServerCall, lent: boolean): Promise<void> {
  if (lent) await call.attemptSignal();
  else await scene.letGo(call);
}

async function asynchronous(scene: Scene, server: ServerKind, relied?: Given): Promise<void> {
  for (const echo of ['echo', 'echoOnThread']) {
    const client = await scene.createCall(server);
    scene.gives(`asynchronous ${echo}, Begin_`, await client.begin(echo, ...values), ok, relied);
    same(scene, `asynchronous ${echo}, Finish_`, await client.finish(), values, relied);
  }
}

function same(
  scene: Scene,
  label: string,
  outcome: Outcome<FinishedCall>,
  expected: unknown,
  relied?: Given,
): void {
  scene.gives(label, outcome, ok, relied);
  const equal = isDeepStrictEqual(outcome.value?.value, expected);
  scene.check(`${label}: value`, outcome.threadId, 'equal', inWords(equal), outcome.time, relied);
}

/** Resolves after a second by default, far longer than a working call takes. */
function soon<T>(value?: T, milliseconds = 1000): Promise<T> {
  return new Promise((resolve) => {
    setTimeout(() => {
      resolve(value as T);
    }, milliseconds).unref();
  });
}

/**
 * Returns the number of objects when it no longer changes, or when it is as expected. Objects are
 * released on other threads, also those of the previous rule.
 */
async function settledObjects(count: () => Promise<number>, expected?: number): Promise<number> {
  let last = await count();
  for (let tries = 0, same = 0; tries < 100 && same < 5 && last !== expected; ++tries) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    const now = await count();
    same = now === last && expected === undefined ? same + 1 : 0;
    last = now;
  }
  return last;
}
