import assert from 'node:assert/strict';
import { type BeginReturn, connect, createServer, type ServerCall, type Value } from 'async-com';

import { native } from '#lib/native/addon.js';

import { CallHost } from '../support/call-host.js';
import { Child, endChildren } from '../support/child.js';
import { RemoteClient } from '../support/client.js';
import { newClsid } from '#lib/value/identifiers.js';
import { testAddon } from '../support/test-addon.js';
import { Latch } from '../support/latch.js';
import { lendings } from '../support/lending.js';
import { skip } from '../support/skip.js';
import { until } from '../support/until.js';
import { within } from '../support/within.js';

// A call over the bridge has no Begin_ thread until something needs one. On the system path Begin_
// runs on COM's thread from the start. There the tests leave out the check that a call has no
// thread.

const brief = { detail: 'brief' } as const;

describe('a Begin_ thread', function () {
  this.timeout(30_000);

  describe('of one call', () => {
    let host: CallHost;

    before(async () => {
      host = await CallHost.start();
    });

    after(async () => {
      await host[Symbol.asyncDispose]();
    });

    it('is not lent when the handler does not need it, and beginReturned() reports no look at a thread', async () => {
      const over = await overOn(host, (call) => {
        assert.equal(call.cancelled.aborted, false);
        return Promise.resolve([call.id, call.method, ...call.args]);
      });
      assertHadNoThread(over);
    });

    it('is not lent when the handler uses a helper thread only', async () => {
      const over = await overOn(host, async (call) => {
        await using helper = await call.openThread();
        await helper.impersonateClient();
        assert.equal((await helper.threadToken(brief)).state, 'present');
      });
      assertHadNoThread(over);
    });

    it('is not lent when the handler throws, and the client gets the error', async () => {
      assertHadNoThread(await failed(() => undefined));
    });

    it('is not lent after the call is over', async () => {
      const { call, begin } = await overOn(host, () => Promise.resolve('value'));
      await assert.rejects(call.threadToken(), { code: 'RPC_E_CALL_COMPLETE' });
      assert.equal((await call.attempt('ImpersonateClient')).code, 'RPC_E_CALL_COMPLETE');
      assert.equal(await call.threadId(), begin.threadId, 'the one that Begin_ ran on');
      assert.equal((await call.attemptSignal('late')).hresult, 0, 'a second time');
    });

    const asking: Readonly<Record<string, (call: ServerCall) => Promise<unknown>>> = {
      threadId: (call) => call.threadId(),
      threadToken: (call) => call.threadToken(brief),
      impersonateClient: (call) => call.impersonateClient(),
      attempt: (call) => call.attempt('CoGetCallContext'),
      'signal on Begin_’s thread': (call) => call.signal('answer'),
      'signal on a completion thread': (call) => call.signal('answer', { thread: 'completion' }),
      beginReturned(call) {
        // Without this, Begin_ returns only after the handler does.
        call.returnFromBegin();
        return call.beginReturned();
      },
    };
    for (const [name, ask] of Object.entries(asking)) {
      it(`is lent when the handler needs it and waits for it: ${name}`, async () => {
        const over = await overOn(host, async (call) => {
          await ask(call);
          return 'answer';
        });
        assert.equal(over.answer, 'answer');
        assertHadThread(over);
      });

      it(`is lent when the handler needs it and does not wait for it: ${name}`, async () => {
        let asked: Promise<unknown> | undefined;
        const over = await overOn(host, (call) => {
          asked = ask(call);
          return Promise.resolve('answer');
        });
        assert.equal(over.answer, 'answer');
        await within(10_000, asked ?? Promise.reject(new Error('not asked')), name);
        assertHadThread(over);
      });
    }

    it('is lent once for each call', async () => {
      const { begin } = await overOn(host, async (call) => {
        const ids = await Promise.all(Array.from({ length: 20 }, () => call.threadId()));
        const seen = await Promise.all(ids.map(() => call.threadToken(brief)));
        assert.equal(new Set([...ids, ...seen.map(({ threadId }) => threadId)]).size, 1);
        return ids;
      });
      assert.equal(begin.found?.state, 'absent');
    });

    it('can be lent late in a call', async () => {
      const over = await overOn(host, async (call) => {
        // This takes far longer than a call over the bridge whose handler needs no thread.
        assert.equal(await host.call(() => Promise.resolve('another')), 'another');
        await call.impersonateClient();
        return (await call.threadToken(brief)).state;
      });
      assert.equal(over.answer, 'present');
      assertHadThread(over);
      assert.equal(over.begin.found?.state, 'present');
    });

    for (const [how, lent] of lendings) {
      describe(`after returnFromBegin() in a call ${how}`, () => {
        const returned = async (call: ServerCall) => {
          if (lent) await call.threadId();
          call.returnFromBegin();
        };
        const assertHad = lent ? assertHadThread : assertHadNoThread;

        it('is not needed for the answer when the handler returns', async () => {
          const over = await overOn(host, async (call) => {
            await returned(call);
            return 'returned';
          });
          assert.equal(over.answer, 'returned');
          assertHad(over);
        });

        it('is not needed for the answer when the handler throws', async () => {
          assertHad(await failed(returned));
        });

        for (const thread of ['begin', 'completion'] as const) {
          it(`is not the thread on which signal() runs, with thread '${thread}'`, async () => {
            const { answer } = await overOn(host, async (call) => {
              await returned(call);
              const outcome = await call.attemptSignal('signalled', { thread });
              assert.equal(outcome.hresult, 0);
              assert.notEqual(outcome.threadId, await call.threadId());
              return 'returned';
            });
            assert.equal(answer, 'signalled');
          });
        }

        it('is described by beginReturned() while the call continues', async () => {
          const over = await overOn(host, async (call) => {
            await returned(call);
            assert.equal((await call.beginReturned()).found?.state, 'absent');
            assert.equal(host.server.callsInProgress, 1);
            return 'later';
          });
          assert.equal(over.answer, 'later');
          assertHadThread(over);
        });

        it('is no longer available to the methods that need it', async () => {
          const over = await overOn(host, async (call) => {
            await returned(call);
            const refused = { code: 'RPC_E_CALL_COMPLETE' };
            await assert.rejects(call.threadToken(), refused);
            await assert.rejects(call.impersonateClient(), refused);
            await assert.rejects(call.queryBlanket(), refused);
            if (!lent && call.path === 'bridge') await assert.rejects(call.threadId(), refused);
            return 'all the same';
          });
          assert.equal(over.answer, 'all the same');
          assertHad(over);
        });

        it('stays released when returnFromBegin() is called again', async () => {
          const over = await overOn(host, async (call) => {
            await returned(call);
            call.returnFromBegin();
            return 'once';
          });
          assert.equal(over.answer, 'once');
          assertHad(over);
        });
      });
    }
  });

  describe('of a server with holdBegin: false', () => {
    let host: CallHost;

    before(async () => {
      host = await CallHost.start({ holdBegin: false });
    });

    after(async () => {
      await host[Symbol.asyncDispose]();
    });

    it('is not lent to a handler that does not need it', async () => {
      assertHadNoThread(await overOn(host, () => Promise.resolve('value')));
    });

    it('is lent to a handler that needs it before its first await', async () => {
      const over = await overOn(host, async (call) => {
        const { state } = await call.threadToken(brief);
        return state;
      });
      assert.equal(over.answer, 'absent');
      assertHadThread(over);
    });

    it('is not lent to a handler that needs it later', async () => {
      const over = await overOn(host, async (call) => {
        await Promise.resolve();
        await assert.rejects(call.threadToken(), { code: 'RPC_E_CALL_COMPLETE' });
        return 'without';
      });
      assert.equal(over.answer, 'without');
      assertHadNoThread(over);
    });
  });

  describe('of a server that closes', () => {
    const holding: Readonly<Record<string, (call: ServerCall) => unknown>> = {
      'without a thread': () => undefined,
      'with a thread lent': (call) => call.threadId(),
      'without a thread, after returnFromBegin()': (call) => {
        call.returnFromBegin();
      },
      async 'with a thread lent, after returnFromBegin()'(call) {
        await call.threadId();
        call.returnFromBegin();
        await call.beginReturned();
      },
    };
    for (const [how, prepare] of Object.entries(holding)) {
      it(`does not delay the end of the server at its deadline, for a call ${how}`, async () => {
        const held = new Latch<ServerCall>();
        const handlerEnds = new Latch();
        const server = createServer({
          clsid: newClsid(),
          methods: {
            async hold(call) {
              await prepare(call);
              held.open(call);
              await handlerEnds.opened('the end of the server');
              return 'too late';
            },
          },
        });
        await server.listen();
        using connection = await connect(server.clsid);
        const ended = assert.rejects(connection.call('hold'), { code: 'CO_E_SERVER_STOPPING' });
        const call = await held.opened('the call');
        await within(10_000, server.close({ timeout: 0 }), 'the end of the server');
        await ended;
        assert.equal(server.callsInProgress, 0);
        assert.equal((call.cancelled.reason as { code?: string }).code, 'CO_E_SERVER_STOPPING');
        handlerEnds.open();
      });
    }
  });

  describe('of many calls', () => {
    const most = native.mostCallsInProgress;
    // With two servers and two clients, the test reaches neither the limit of one server nor the
    // limit of one client, which has 256 threads.
    const clsids = [newClsid(), newClsid()] as const;
    let server: Child;
    let clients: [RemoteClient, RemoteClient];

    before(async () => {
      server = await Child.start('cancelling-server', ...clsids);
      const [one, two] = clsids;
      clients = await Promise.all([RemoteClient.start(one), RemoteClient.start(two)]);
    });

    afterEach(async () => {
      await server.ask('letGo');
      await until(async () => (await server.ask('callsInProgress')) === 0, 'every call is over');
    });

    after(endChildren);

    /** Makes calls that are held without a thread. */
    async function hold(client: RemoteClient, count: number): Promise<void> {
      await client.begin(count, 'held', 'a');
      for (let held = 0; held < count; ++held) await server.next('held');
    }

    // This test must run first because the pool keeps threads for a while after they were lent.
    it('exists only for a call to which it is lent', async function () {
      const threads = () => testAddon.resourcesOf(server.pid).threads;
      const calls = 100;
      const before = threads();
      await hold(clients[0], calls);
      const paths = (await server.ask('paths')) as string[];
      if (paths.includes('system')) skip(this, 'COM runs Begin_ on its own threads here');
      const held = threads();
      assert.equal(await server.ask('lendThreads'), calls);
      const lent = threads();
      console.log(`        ${before} threads; ${calls} calls held: ${held}; lent to each: ${lent}`);
      // Node and COM start and end threads of their own.
      assert.ok(Math.abs(lent - held - calls) < 10, `${held} → ${lent}`);
    });

    it(`can be lent to each of ${String(most)} calls, and one more call is refused before and after that`, async () => {
      const refused = async () => {
        for (const one of clients) {
          await assert.rejects(one.call('echo'), { code: 'RPC_E_SERVERCALL_RETRYLATER' });
        }
      };
      for (const one of clients) await hold(one, most / clients.length);
      assert.equal(await server.ask('callsInProgress'), most);
      await refused();
      assert.equal(await server.ask('lendThreads'), most);
      await refused();
      for (let time = 0; time < 3; ++time) {
        await server.ask('letGo', 1);
        const oneIsOver = async () => (await server.ask('callsInProgress')) === most - 1;
        await until(oneIsOver, 'one call is over');
        // The server admits the next call, and a thread is lent to it.
        await clients[0].begin(1, 'held', 'next', true);
        await server.next('held');
      }
      await refused();
    });
  });
});

/** A call that is over, the answer that its client got, and what Begin_’s return was. */
interface Over {
  readonly call: ServerCall;
  readonly answer: Value;
  readonly begin: BeginReturn;
}

async function overOn(host: CallHost, body: Parameters<CallHost['call']>[0]): Promise<Over> {
  let call: ServerCall | undefined;
  const answer = await host.call((one) => body((call = one)));
  assert.ok(call);
  return { call, answer, begin: await call.beginReturned() };
}

/** The same for a call whose handler runs `prepare` and then throws. */
async function failed(prepare: (call: ServerCall) => unknown): Promise<Over> {
  let call: ServerCall | undefined;
  await using server = createServer({
    clsid: newClsid(),
    methods: {
      async fail(one) {
        call = one;
        await prepare(one);
        throw new Error('sorry');
      },
    },
  });
  await server.listen();
  using connection = await connect(server.clsid);
  await assert.rejects(connection.call('fail'), { message: 'sorry', origin: 'handler' });
  assert.ok(call);
  return { call, answer: null, begin: await call.beginReturned() };
}

function assertHadNoThread({ call, begin }: Over): void {
  if (call.path === 'system') return;
  const { rpcThreadId: threadId } = call;
  assert.deepEqual(begin, { threadId, found: null, after: null, callContext: null });
}

function assertHadThread({ call, begin }: Over): void {
  assert.notEqual(begin.threadId, call.rpcThreadId);
  assert.notEqual(begin.found, null);
}
