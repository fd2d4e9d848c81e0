import assert from 'node:assert/strict';
import { createServer, type ServerCall, type SignalOptions, type Value } from 'async-com';

import { CallHost } from '../support/call-host.js';
import { RemoteClient } from '../support/client.js';
import { hresults } from '#lib/errors/hresults.js';
import { newClsid } from '#lib/value/identifiers.js';
import { testAddon } from '../support/test-addon.js';
import { Latch } from '../support/latch.js';
import { becomesBare, stateOf } from '../support/threads.js';
import { until } from '../support/until.js';

const brief = { detail: 'brief' } as const;

describe('ServerCallObject', () => {
  it('serves one call after another, and each is pending until it is signalled', async () => {
    const { value } = await testAddon.reuseServerCall();
    assert.deepEqual(value, { afterFirst: 0, duringSecond: 0x80010115, afterSecond: 0 });
  });

  it('waits in Finish_ until the call is signalled, and gives a failure of Begin_ once', async () => {
    const { value } = await testAddon.finishServerCall();
    assert.deepEqual(value, {
      waited: true,
      finished: 0,
      refusedBegin: 0x8001010a,
      finishAfterThat: 0x8001010a,
      finishAgain: hresults.RPC_E_CALL_COMPLETE,
    });
  });

  it('lives as long as its interface, if CreateCall was asked for that', async () => {
    const { value } = await testAddon.createServerCallByInterface();
    assert.deepEqual(value, { created: 0, countsControllingUnknown: true, objectsLeft: 0 });
  });
});

describe('ServerCall', () => {
  let host: CallHost;

  before(async () => {
    host = await CallHost.start();
  });

  after(async () => {
    await host[Symbol.asyncDispose]();
  });

  it('describes the method, the arguments and the path of the call', async () => {
    const calls: ServerCall[] = [];
    await using server = createServer({
      clsid: newClsid(),
      methods: { 'any name': (call) => void calls.push(call) },
    });
    await server.listen();
    await using client = await RemoteClient.start(server.clsid);
    await client.call('any name', 1, [2]);
    await client.call('any name');
    const [one, two] = calls;
    assert.ok(one && two);
    assert.equal(one.method, 'any name');
    assert.deepEqual(one.args, [1, [2]]);
    assert.deepEqual(two.args, []);
    assert.notEqual(one.id, two.id);
    assert.ok(['bridge', 'system'].includes(one.path));
    assert.equal(one.rpcThreadId === null, one.path === 'system');
  });

  describe('ServerCall.signal()', () => {
    it('sends the answer to the client while the handler continues', async () => {
      const answered = new Latch();
      const done = new Latch();
      await using server = createServer({
        clsid: newClsid(),
        methods: {
          async early(call) {
            await call.signal(['early', 1]);
            await answered.opened('the client’s answer');
            await call.impersonateClient().catch(() => undefined);
            done.open();
            return 'late';
          },
        },
      });
      await server.listen();
      await using client = await RemoteClient.start(server.clsid);
      assert.deepEqual(await client.call('early'), ['early', 1]);
      assert.equal(server.callsInProgress, 1);
      answered.open();
      await done.opened('the end of the handler');
    });

    it('has no effect when called again, and the client gets the first value', async () => {
      const result = await host.call(async (call) => {
        await call.signal('first');
        await call.signal('second');
        assert.equal((await call.attemptSignal('third')).hresult, 0);
        await call.signal('fourth', { thread: 'completion' });
        return 'fifth';
      });
      assert.equal(result, 'first');
    });

    it('is not overridden by what the handler returns or throws afterwards', async () => {
      const seen = await host.call(async (call) => {
        await call.signal('signalled');
        return (() => 'cannot be sent') as unknown as Value;
      });
      assert.equal(seen, 'signalled');
      const thrown = host.call(async (call) => {
        await call.signal('signalled');
        throw new Error('too late');
      });
      await assert.rejects(thrown, { name: 'Error', message: 'too late' }, 'as the handler has it');
      assert.equal(await host.call(() => Promise.resolve('next')), 'next');
    });

    it('makes ImpersonateClient fail afterwards, and keeps the token on the thread', async () => {
      await host.call(async (call) => {
        await call.impersonateClient();
        await call.signal();
        assert.equal((await call.threadToken(brief)).state, 'present');
        const outcome = await call.attempt('ImpersonateClient');
        assert.equal(outcome.code, 'RPC_E_CALL_COMPLETE');
        assert.equal(outcome.threadId, await call.threadId());
        await call.revertToSelf();
        assert.equal((await call.threadToken(brief)).state, 'absent');
        assert.equal((await call.attempt('ImpersonateClient')).code, 'RPC_E_CALL_COMPLETE');
        assert.equal((await call.threadToken(brief)).state, 'absent');
      });
    });

    it('runs on Begin_’s thread by default, or on a completion thread', async () => {
      const result = await host.call(async (call) => {
        const here = await call.attemptSignal(1);
        assert.equal(here.threadId, await call.threadId());
        assert.equal(here.operation, 'ISynchronize::Signal');
        const there = await call.attemptSignal(1, { thread: 'completion' });
        assert.notEqual(there.threadId, await call.threadId());
        assert.equal(there.hresult, 0);
      });
      assert.equal(result, 1);
    });

    it('makes ImpersonateClient fail afterwards also when it runs on a completion thread', async () => {
      await host.call(async (call) => {
        await call.impersonateClient();
        await call.signal(undefined, { thread: 'completion' });
        assert.equal((await call.attempt('ImpersonateClient')).code, 'RPC_E_CALL_COMPLETE');
        assert.equal((await call.threadToken(brief)).state, 'present');
        await call.revertToSelf();
        assert.equal((await call.threadToken(brief)).state, 'absent');
      });
    });

    it('runs after the steps that were called before it', async () => {
      await host.call(async (call) => {
        const before = call.attempt('ImpersonateClient');
        const signalled = call.attemptSignal();
        const after = call.attempt('ImpersonateClient');
        assert.equal((await before).code, 'S_OK');
        await signalled;
        assert.equal((await after).code, 'RPC_E_CALL_COMPLETE');
      });
    });

    it('rejects a value that cannot be sent, and signals nothing', async () => {
      const result = await host.call(async (call) => {
        const value = [new WeakMap()] as unknown as Value;
        const expected = {
          name: 'TypeError',
          message: /^the result\[0\] is an object \(WeakMap\)/,
        };
        await assert.rejects(call.signal(value), expected);
        await assert.rejects(call.attemptSignal(value), expected);
        await call.impersonateClient();
        return 'sent instead';
      });
      assert.equal(result, 'sent instead');
    });

    it('rejects an unknown options.thread, and signals nothing', async () => {
      const result = await host.call(async (call) => {
        for (const thread of ['rpc', '', null, 5]) {
          const options = { thread } as unknown as SignalOptions;
          const expected = { name: 'TypeError', message: /^options\.thread must be/ };
          await assert.rejects(call.signal('x', options), expected);
          await assert.rejects(call.attemptSignal('x', options), expected);
        }
        for (const options of ['completion', null, 5] as unknown[]) {
          const expected = { name: 'TypeError', message: 'options must be an object' };
          await assert.rejects(call.signal('x', options as SignalOptions), expected);
          await assert.rejects(call.attemptSignal('x', options as SignalOptions), expected);
        }
        return 'sent instead';
      });
      assert.equal(result, 'sent instead');
    });
  });

  describe('ServerCall.returnFromBegin()', () => {
    it('lets Begin_ return without a token on its thread while the call continues', async () => {
      const result = await host.call(async (call) => {
        const thread = await call.threadId();
        await call.impersonateClient();
        assert.equal(await stateOf(thread), 'present');
        call.returnFromBegin();
        call.returnFromBegin();
        await call.beginReturned();
        assert.equal(await stateOf(thread), 'absent');
        await assert.rejects(call.threadToken(), { code: 'RPC_E_CALL_COMPLETE' });
        await assert.rejects(call.impersonateClient(), { code: 'RPC_E_CALL_COMPLETE' });
        await until(() => host.server.callsInProgress === 1, 'this call is the only one');
        return 'later';
      });
      assert.equal(result, 'later');
    });

    it('makes a later signal() run on a completion thread', async () => {
      const result = await host.call(async (call) => {
        call.returnFromBegin();
        const outcome = await call.attemptSignal('signalled');
        assert.notEqual(outcome.threadId, await call.threadId());
        assert.equal(outcome.hresult, 0);
      });
      assert.equal(result, 'signalled');
    });

    it('does not keep a later error of the handler from the client', async () => {
      await using server = createServer({
        clsid: newClsid(),
        methods: {
          async fail(call) {
            call.returnFromBegin();
            await call.beginReturned();
            throw new Error('sorry');
          },
        },
      });
      await server.listen();
      await using client = await RemoteClient.start(server.clsid);
      await assert.rejects(client.call('fail'), { message: 'sorry', origin: 'handler' });
    });

    it('lets another call use the thread', async () => {
      await host.call(async (one) => {
        one.returnFromBegin();
        await one.beginReturned();
        await host.call(async (two) => {
          assert.equal(await two.threadId(), await one.threadId());
          await two.impersonateClient();
          await assert.rejects(one.threadToken(), { code: 'RPC_E_CALL_COMPLETE' });
        });
        await becomesBare(await one.threadId());
      });
    });
  });

  describe('ServerCall.beginReturned()', () => {
    it('reports the token that Begin_ left on its thread, and the state of the thread afterwards', async () => {
      const told = new Latch<Awaited<ReturnType<ServerCall['beginReturned']>>>();
      let thread = 0;
      await host.call(async (call) => {
        thread = await call.threadId();
        void call.beginReturned().then(told.open);
        await call.impersonateClient();
      });
      const report = await told.opened('Begin_’s return');
      assert.equal(report.threadId, thread);
      assert.equal(report.found?.state, 'present');
      assert.equal(report.found.token?.type, 'impersonation');
      assert.ok(report.after === null || report.after.state === 'absent');
      assert.ok(report.callContext === null || report.callContext === 0x80010117);
    });

    it('reports a thread without a token', async () => {
      let over: ServerCall | undefined;
      await host.call(async (call) => {
        over = call;
        await call.impersonateClient();
        await call.revertToSelf();
      });
      const report = await over?.beginReturned();
      assert.equal(report?.found?.state, 'absent');
    });

    it('returns the same report every time, before and after Begin_’s return', async () => {
      let over: ServerCall | undefined;
      const early: Promise<unknown>[] = [];
      await host.call((call) => {
        over = call;
        early.push(call.beginReturned(), call.beginReturned());
        return Promise.resolve();
      });
      const reports = await Promise.all([...early, over?.beginReturned(), over?.beginReturned()]);
      for (const report of reports) assert.deepEqual(report, reports[0]);
      assert.ok(reports[0]);
    });
  });

  it('ignores signal() and returnFromBegin() after it is over, and refuses to impersonate', async () => {
    let over: ServerCall | undefined;
    await host.call((call) => {
      over = call;
      return Promise.resolve('value');
    });
    assert.ok(over);
    const call = over;
    await call.beginReturned();
    call.returnFromBegin();
    assert.equal((await call.attemptSignal('late')).hresult, 0, 'once more harms nothing');
    await using helper = await call.openThread();
    assert.equal((await helper.attempt('ImpersonateClient')).code, 'RPC_E_CALL_COMPLETE');
    assert.equal((await helper.threadToken(brief)).state, 'absent');
  });
});
