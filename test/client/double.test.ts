import assert from 'node:assert/strict';

import { setImmediate } from 'node:timers/promises';

import { type ClientCall, RemoteObject, Token, type Value } from 'async-com';

import { native } from '#lib/native/addon.js';

import { DoubleClient, type DoubleOptions } from '../support/double-client.js';
import { testAddon } from '../support/test-addon.js';
import { until } from '../support/until.js';
import { within } from '../support/within.js';

// The double takes the place of COM at the client, so that the code runs that uses the system's call
// objects. Only Windows shows what its call objects do. What the double does is in
// native/testing/double_client_call_object.h.

const forms: Readonly<Record<string, DoubleOptions>> = {
  'aggregated call objects': {},
  'call objects that are not aggregated': { aggregates: false },
  'aggregated call objects without an ISynchronize of their own': { innerSynchronize: false },
  'call objects without aggregation and ISynchronizeHandle': {
    aggregates: false,
    synchronizeHandle: false,
  },
};

/** Each way in which a call can complete, by the name of the method: double_client_proxy.h. */
const completions = ['echo', 'inside', 'early', 'twice'];

for (const [form, options] of Object.entries(forms)) {
  describe(`a client of the double, with ${form}`, function () {
    this.timeout(30_000);

    let double: DoubleClient;
    let call: ClientCall;

    beforeEach(async () => {
      double = new DoubleClient(options);
      call = await double.connection.createCall();
    });

    afterEach(async () => {
      call.release();
      await double.close();
      assert.deepEqual(double.counts.wrong, []);
    });

    it('uses call objects of this form', () => {
      const { created, aggregated } = double.counts;
      assert.equal(aggregated > 0, options.aggregates !== false);
      assert.equal(created > aggregated, options !== forms['aggregated call objects']);
    });

    for (const method of completions) {
      it(`returns the result of a call that completes like this: ${method}`, async () => {
        for (const value of [1, 'two', null]) {
          assert.deepEqual(await double.connection.call(method, value), [value]);
          await call.begin(method, value);
          assert.equal(await call.wait(), true);
          assert.equal(await call.wait(0), true, 'complete is complete');
          assert.deepEqual(await call.finish(), [value]);
          await call.begin(method, value);
          assert.deepEqual(await call.finish(), [value], 'without a wait');
        }
        const { begun, finished, synchronous } = double.counts;
        assert.deepEqual(
          { begun, finished, synchronous },
          { begun: 9, finished: 9, synchronous: 0 },
        );
      });
    }

    it('returns the results of many calls at once', async () => {
      const keys = Array.from({ length: 500 }, (_, key) => key);
      const results = await Promise.all(keys.map((key) => double.connection.call('echo', key)));
      assert.deepEqual(
        results,
        keys.map((key) => [key]),
      );
    });

    it('rejects with the error of the handler', async () => {
      const error = { origin: 'handler', hresult: 0x80070002, message: 'as asked' };
      await assert.rejects(double.connection.call('fail'), error);
      await call.begin('fail');
      await assert.rejects(call.finish(), error);
    });

    it('rejects with the failure of Finish_', async () => {
      const error = { origin: 'call', code: 'RPC_S_CALL_FAILED' };
      await assert.rejects(double.connection.call('lost'), error);
      await call.begin('lost');
      await assert.rejects(call.finish(), error);
    });

    for (const method of ['begin fails', 'begin fails, signalled']) {
      it(`rejects with the failure of Begin_: ${method}`, async () => {
        const error = { origin: 'call', code: 'RPC_S_SERVER_UNAVAILABLE' };
        await assert.rejects(double.connection.call(method), error);
        await assert.rejects(call.begin(method), error);
        await call.begin('echo', 1);
        assert.deepEqual(await call.finish(), [1], 'it can be used again');
        assert.equal(double.counts.synchronous, 0);
      });
    }

    it('can be used in the steps of COM', async () => {
      for (let round = 0; round < 3; ++round) {
        await call.begin('held', round);
        assert.equal(await call.wait(0), false);
        assert.equal(await call.wait(20), false);
        await assert.rejects(call.begin('echo'), { code: 'RPC_S_CALLPENDING' });
        const waiting = [call.wait(), call.wait(20_000)];
        double.letGo();
        assert.deepEqual(await Promise.all(waiting), [true, true]);
        await assert.rejects(call.begin('echo'), { code: 'RPC_S_CALLPENDING' });
        assert.equal(await call.cancel(), false);
        assert.deepEqual(await call.finish(), [round]);
        await assert.rejects(call.finish(), { code: 'RPC_E_CALL_COMPLETE' });
        assert.equal(await call.cancel(), false);
      }
    });

    it('does not wait without end when no call is in progress', async () => {
      assert.equal(await call.wait(0), false, 'as the event of this double says before Begin_');
      assert.equal(await call.wait(20), false);
      const complete = { code: 'RPC_E_CALL_COMPLETE' };
      await assert.rejects(call.wait(), complete);
      await assert.rejects(call.begin('begin fails'), { code: 'RPC_S_SERVER_UNAVAILABLE' });
      await assert.rejects(call.wait(), complete);
      await call.begin('echo');
      await call.finish();
      assert.equal(await call.wait(), true, 'the event stays set after Finish_');
      assert.equal(await call.wait(0), true);

      const set = new DoubleClient({ ...options, setAtFirst: true });
      using other = await set.connection.createCall();
      assert.equal(await other.wait(), true, 'as the event of this double says before Begin_');
      other.release();
      await set.close();
    });

    it('waits for a call that completes meanwhile', async () => {
      await call.begin('held', 1);
      const finished = call.finish();
      await double.holds(1);
      double.letGo();
      assert.deepEqual(await finished, [1]);
    });

    for (const inside of [true, false]) {
      const how = inside ? 'inside Cancel' : 'after Cancel';

      it(`ends at once when it is cancelled, and completes ${how}`, async () => {
        const other = new DoubleClient({ ...options, cancelCompletesInside: inside });
        const controller = new AbortController();
        const cancelled = other.connection.call({ method: 'held', signal: controller.signal });
        await other.holds(1);
        controller.abort();
        await assert.rejects(cancelled, { code: 'RPC_E_CALL_CANCELED' });
        await until(() => other.counts.finished === 1, 'the call is finished');
        const cancels = () => other.counts.cancelled;
        assert.equal(cancels(), 1);
        await assert.rejects(other.connection.call({ method: 'held', timeout: 20 }), {
          code: 'RPC_E_CALL_CANCELED',
        });
        // On a busy machine the time was over before Begin_. Then there was nothing to cancel.
        await until(() => other.counts.finished === other.counts.begun, 'what began is finished');
        const before = cancels();

        using steps = await other.connection.createCall();
        await steps.begin('held');
        const waiting = steps.wait();
        assert.equal(await steps.cancel(), true);
        assert.equal(await waiting, true);
        await assert.rejects(steps.begin('echo'), { code: 'RPC_S_CALLPENDING' });
        await assert.rejects(steps.cancel(), { code: 'RPC_S_CALL_CANCELLED' });
        await assert.rejects(steps.finish(), { code: 'RPC_E_CALL_CANCELED' });
        assert.ok(cancels() > before);
        await steps.begin('echo', 'again');
        assert.deepEqual(await steps.finish(), ['again']);
        steps.release();
        await other.close();
        assert.deepEqual(other.counts.wrong, []);
      });
    }

    it('does not call the server when it is cancelled before Begin_', async () => {
      const results = await Promise.allSettled(
        Array.from({ length: 64 }, () => {
          const controller = new AbortController();
          const result = double.connection.call({ method: 'held', signal: controller.signal });
          controller.abort();
          return result;
        }),
      );
      assert.ok(results.every(({ status }) => status === 'rejected'));
      await until(() => double.counts.finished === double.counts.begun, 'what began is finished');
    });

    it('is not cancelled when it completes within the time given to cancel()', async () => {
      await call.begin('held', 1);
      const cancelled = call.cancel(15);
      await double.holds(1);
      double.letGo();
      assert.equal(await cancelled, false);
      assert.deepEqual(await call.finish(), [1]);
    });

    it('releases the call object after a call that it was released in', async () => {
      // What createCall() has tried first, and released, is released on another thread.
      await until(() => double.counts.objects === 1, 'only the call object of this test is left');
      for (let count = 0; count < 10; ++count) {
        const released = await double.connection.createCall();
        await released.begin('held', count);
        released.release();
      }
      await double.holds(10);
      double.letGo();
      await until(
        () => double.counts.objects === 1,
        () => `the call objects are gone: ${JSON.stringify(double.counts)}`,
      );
    });

    it('keeps a call object alive while wait() goes on', async () => {
      await call.begin('held', 1);
      const waiting = call.wait();
      await setImmediate();
      call.release();
      await double.holds(1);
      double.letGo();
      assert.equal(await waiting, true);
    });

    it('has the blanket of the connection or of the call', async () => {
      const blanketOf = async (result: Promise<Value>) =>
        JSON.parse((await result) as string) as Record<string, unknown>;
      const { value } = await testAddon.duplicateProcessToken();
      assert.ok(value);
      const token = new Token(value);
      const { connection } = double;
      const usual = { authnLevel: 6, impersonationLevel: 2, capabilities: 0, token: false };
      assert.deepEqual(await blanketOf(connection.call('blanket')), usual);
      const changed = { authnLevel: 'pkt-integrity', cloaking: 'dynamic', as: token } as const;
      const cloaked = { ...usual, authnLevel: 5, capabilities: 0x40, token: true };
      assert.deepEqual(
        await blanketOf(connection.call({ method: 'blanket', blanket: changed })),
        cloaked,
      );
      assert.deepEqual(await blanketOf(connection.call('blanket')), usual, 'for one call only');

      await connection.setBlanket(changed);
      using later = await connection.createCall();
      await later.begin('blanket');
      assert.deepEqual(await blanketOf(later.finish()), cloaked);
      assert.deepEqual(await blanketOf(connection.call('blanket')), cloaked);
      await call.begin('blanket');
      // The token is the connection's, the blanket that of the call object's creation.
      assert.deepEqual(await blanketOf(call.finish()), { ...usual, token: true });

      await connection.setBlanket({ cloaking: 'none' });
      const bare = await Promise.all(
        Array.from({ length: 32 }, () => blanketOf(connection.call('blanket'))),
      );
      assert.ok(bare.every(({ token: left }) => left === false));
      token.close();
    });

    it('does not release an object in a result on the JavaScript thread', async () => {
      const releasedElsewhere = () => {
        const thread = testAddon.releasedOn();
        return thread !== 0 && thread !== native.currentThreadId();
      };
      testAddon.releasedOn();
      const object = await double.connection.call('object');
      assert.ok(object instanceof RemoteObject);
      assert.equal(testAddon.releasedOn(), 0);
      object.release();
      await until(releasedElsewhere, 'it is released');
      await call.begin('object');
      const value = await call.finish();
      assert.ok(value instanceof RemoteObject);
      value.release();
      await until(releasedElsewhere, 'it is released');
    });
  });
}

describe('a client of the double that has cancelled a call', () => {
  const raw = 0x71a;
  for (const cancelled of [0x80010002, 0x8007071a, raw]) {
    for (const cancel of [0, raw]) {
      const gives = `Cancel gives 0x${cancel.toString(16)}, Finish_ 0x${cancelled.toString(16)}`;

      it(`is told so by cancel() and finish(): ${gives}`, async () => {
        const double = new DoubleClient({ cancel, cancelled });
        const call = await double.connection.createCall();
        await call.begin('held');
        const attempted = await call.attemptCancel();
        assert.equal(attempted.hresult, cancel);
        await assert.rejects(call.finish(), {
          hresult: cancelled === raw ? 0x8007071a : cancelled,
          origin: 'call',
        });
        await call.begin('held');
        assert.equal(await call.cancel(), true);
        assert.equal((await call.attemptFinish()).value, undefined);
        call.release();
        await double.close();
      });
    }
  }
});

const failing = 0x80070005;

describe('a client of the double whose ISynchronize fails', () => {
  const cases: readonly (readonly [which: 'reset' | 'signal', form: string])[] = [
    ['reset', 'aggregated call objects'],
    ['signal', 'aggregated call objects'],
    ['reset', 'call objects that are not aggregated'],
  ];
  for (const [which, form] of cases) {
    it(`rejects the call when ${which} fails, with ${form}`, async () => {
      const double = new DoubleClient({ ...forms[form], [which]: failing });
      await assert.rejects(double.connection.call('echo', 1), {
        hresult: failing,
        origin: 'call',
      });
      const call = await double.connection.createCall();
      if (which === 'reset') {
        await assert.rejects(call.begin('echo'), { hresult: failing });
      } else {
        await call.begin('echo');
        await assert.rejects(call.finish(), { hresult: failing });
      }
      call.release();
      await double.close();
      assert.deepEqual(double.counts.wrong, []);
    });
  }
});

describe('a client whose proxy has ICallFactory but no asynchronous form of the call', () => {
  const noInterface = 0x80004002;
  const ways: Readonly<Record<string, DoubleOptions>> = {
    'CreateCall fails': { callObjects: 0 },
    'CreateCall fails later': { callObjects: 1 },
    'Begin_ fails with E_NOINTERFACE': { begin: noInterface },
    'Begin_ fails with E_NOINTERFACE, not aggregated': { begin: noInterface, aggregates: false },
  };
  for (const [way, options] of Object.entries(ways)) {
    it(`calls synchronously: ${way}`, async () => {
      const double = new DoubleClient(options);
      assert.deepEqual(await double.connection.call('echo', 1), [1]);
      using call = await double.connection.createCall();
      for (const value of [2, 3]) {
        await call.begin('echo', value);
        assert.equal(await call.wait(), true);
        assert.deepEqual(await call.finish(), [value]);
      }
      await assert.rejects(double.connection.call({ method: 'held', timeout: 20 }), {
        code: 'RPC_E_CALL_CANCELED',
      });
      const { begun, synchronous } = double.counts;
      assert.deepEqual({ begun, synchronous }, { begun: 0, synchronous: 4 });
      call.release();
      await double.close();
    });
  }
});

describe('a client of the double whose call objects have no IClientSecurity', () => {
  it('calls synchronously when a blanket is set, and the call has the blanket', async () => {
    const double = new DoubleClient({ clientSecurity: false });
    const { connection } = double;
    const blanket = { authnLevel: 'pkt-integrity' } as const;
    const levelOf = async (result: Promise<Value>) =>
      (JSON.parse((await result) as string) as { authnLevel: number }).authnLevel;
    assert.equal(await levelOf(connection.call('blanket')), 6);
    assert.equal(double.counts.synchronous, 0);
    assert.equal(await levelOf(connection.call({ method: 'blanket', blanket })), 5);
    await connection.setBlanket(blanket);
    assert.equal(await levelOf(connection.call('blanket')), 5);
    const call = await connection.createCall();
    await call.begin('blanket');
    assert.equal(await levelOf(call.finish()), 5);
    assert.equal(double.counts.synchronous, 3);
    call.release();
    await double.close();
  });
});

describe('a double that never completes a call (control)', () => {
  for (const [form, options] of Object.entries(forms)) {
    it(`is noticed by a deadline, with ${form}`, async () => {
      const double = new DoubleClient({ ...options, signals: false });
      const { connection } = double;
      await assert.rejects(within(200, connection.call('echo'), 'the call'), /timed out/);
      const call = await connection.createCall();
      await call.begin('echo');
      assert.equal(await call.wait(50), false);
      await assert.rejects(within(200, call.finish(), 'the call'), /timed out/);
      // Its client goes on all the same.
      await assert.rejects(connection.call({ method: 'echo', timeout: 20 }), {
        code: 'RPC_E_CALL_CANCELED',
      });
      call.release();
      await double.close();
    });
  }
});
