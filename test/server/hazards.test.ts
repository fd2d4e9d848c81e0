import assert from 'node:assert/strict';
import { connect, createServer, type ServerCall, threadToken, type Value } from 'async-com';

import { CallHost } from '../support/call-host.js';
import { rejectsWithOneOf, serverGone } from '../support/calls.js';
import { Child, endChildren } from '../support/child.js';
import { RemoteClient } from '../support/client.js';
import { newClsid } from '#lib/value/identifiers.js';
import { stateOf } from '../support/threads.js';
import { until } from '../support/until.js';

// The design names hazards. This list says which test covers each hazard, or why no test can.
//
// Signal runs Finish_
//   Below: a result of several megabytes is signalled from either thread while the thread
//   impersonates, and Signal works while the JavaScript thread is busy. Only Windows shows that COM
//   runs Finish_ inside Signal. Over the bridge the RPC thread runs it.
// Calls above the limit
//   server.test.ts (maxCalls) refuses them at once, also nested ones. endings.test.ts does it with a
//   busy JavaScript thread. Only Windows shows that CreateCall does not refuse: only there COM
//   calls it.
// Work as the server instead of as the client
//   Below and in call-thread.test.ts: every use of a token is an error when the thread has none.
//   test/verify finds an impersonation that puts no token on the thread (a fault). `fs` always runs
//   as the server. async-com can only document that. Below: JavaScript never runs under the token.
// Tokens on helper threads
//   call-thread.test.ts (openThread): a handler leaves them, forgets them, or keeps them for longer
//   than the call.
// The addon must not unload
//   Below. endings.test.ts ends workers in the middle of calls.
// Windows' asynchronous mapping
//   test/verify registers it. There a call that takes the bridge on Windows is a failure.
// Values may contain object references
//   value.test.ts: JavaScript cannot send any. No test does custom marshaling into the process. It
//   needs a client that is not Node, and EOAC_NO_CUSTOM_MARSHAL needs Windows: Wine's
//   CoInitializeSecurity does nothing. Below: proxies are released while a call impersonates.
// Calls from a handler to another server
//   Below: they work, and they do not change the token on the thread. A test of the identity that
//   they carry needs two accounts and Windows: under Wine every token is a copy of the server's.
// AppID
//   registration.test.ts compares the AppID that a registration for the machine writes.

const brief = { detail: 'brief' } as const;
const megabyte = 2 ** 20;

describe('a server', () => {
  let host: CallHost;

  beforeEach(async () => {
    host = await CallHost.start();
  });

  afterEach(async () => {
    await endChildren();
    await host.server.close({ timeout: 0 });
  });

  for (const thread of ['begin', 'completion'] as const) {
    it(`sends megabytes while Begin_’s thread impersonates, with Signal on the ${thread} thread`, async () => {
      const value = [Buffer.alloc(2 * megabyte, 'x'), 'y'.repeat(megabyte)];
      const result = await host.call(async (call) => {
        await call.impersonateClient();
        await call.signal(value, { thread });
        assert.equal((await call.threadToken(brief)).state, 'present');
      });
      assert.deepEqual(result, value);
    });
  }

  it('sends the answer while the JavaScript thread is busy', async () => {
    const clsid = newClsid();
    const server = await Child.start('server', clsid);
    using connection = await connect(clsid);
    // The handler starts the signal and then blocks the JavaScript thread until the process ends.
    assert.equal(await connection.call('signalAndBlock'), 'signalled');
    const waiting = connection.call('echo');
    const ended = Promise.allSettled([waiting]);
    await server.kill();
    await ended;
    await rejectsWithOneOf(serverGone, waiting);
  });

  it('rejects operations as the client when the client’s token is not on the thread', async () => {
    await host.call(async (call) => {
      await call.impersonateClient();
      using earlier = await call.duplicateToken();
      await call.revertToSelf();
      await assert.rejects(call.duplicateToken(), { name: 'ComError' });

      // An impersonation that is refused does not change the token on the thread.
      await call.setThreadToken(earlier);
      const { token } = await call.threadToken(brief);
      await call.signal();
      await assert.rejects(call.impersonateClient(), { code: 'RPC_E_CALL_COMPLETE' });
      assert.equal((await call.threadToken(brief)).token?.tokenId, token?.tokenId);
      await call.setThreadToken(null);
      await assert.rejects(call.impersonateClient(), { code: 'RPC_E_CALL_COMPLETE' });
      assert.equal((await call.threadToken(brief)).state, 'absent');
    });
  });

  it('does not put the token on the JavaScript thread', async () => {
    const javaScript = await threadToken(undefined, brief);
    await host.call(async (call) => {
      await call.impersonateClient();
      assert.equal(await stateOf(await call.threadId()), 'present', 'control');
      for (const turn of [Promise.resolve(), new Promise((resolve) => setImmediate(resolve))]) {
        await turn;
        const now = await threadToken(undefined, brief);
        assert.equal(now.state, 'absent');
        assert.equal(now.threadId, javaScript.threadId);
      }
    });
  });

  it('keeps the addon in memory after the only worker that loaded it has ended', async () => {
    const clsid = newClsid();
    const process = await Child.start('worker-host', clsid);
    assert.equal(await process.ask('hasAddon'), false, 'control');
    await process.ask('start');
    using connection = await connect(clsid);
    const held = connection.call('holdAsClient', 1);
    const ended = Promise.allSettled([held]);
    await process.next('held');
    await process.ask('terminate');
    await ended;
    assert.equal(await process.ask('hasAddon'), true);
    // The threads of async-com and COM still run its code.
    await process.ask('start');
    using again = await connect(clsid);
    assert.deepEqual(await again.call('echo', 1), [1]);
    process.tell('exit', 3);
    assert.equal((await process.exited()).code, 3);
  });

  it('keeps the token on the thread while a handler calls another server and releases the proxies', async () => {
    const clsid = newClsid();
    const inner = await Child.start('server', clsid);
    const result = await host.call(async (call) => {
      await call.impersonateClient();
      const before = await tokenOn(call);
      for (let time = 0; time < 10; ++time) {
        using connection = await connect(clsid);
        await connection.call('echo', time);
      }
      using connection = await connect(clsid);
      const value = await connection.call('pid');
      assert.equal(await tokenOn(call), before);
      assert.equal(await call.isImpersonating(), true);
      return value;
    });
    assert.equal(result, inner.pid);
  });

  it('refuses calls above maxCalls when handlers of two servers call each other in a circle', async () => {
    const clsids = [newClsid(), newClsid()] as const;
    const serverOf = (own: 0 | 1) =>
      createServer({
        clsid: clsids[own],
        maxCalls: 10,
        methods: {
          async down(_call, depth: number): Promise<Value> {
            if (depth === 0) return [];
            using other = await connect(clsids[own === 0 ? 1 : 0]);
            return [await other.call('down', depth - 1)];
          },
        },
      });
    await using one = serverOf(0);
    await using two = serverOf(1);
    await Promise.all([one.listen(), two.listen()]);
    await using client = await RemoteClient.start(clsids[0]);
    assert.deepEqual(await client.call('down', 10), nest(11));
    await assert.rejects(client.call('down', 30), { code: 'RPC_E_SERVERCALL_RETRYLATER' });
    await until(() => one.callsInProgress + two.callsInProgress === 0, 'every call is over');
  });
});

function nest(depth: number): Value {
  let value: Value = [];
  for (let made = 1; made < depth; ++made) value = [value];
  return value;
}

/** The id that identifies the token. Windows returns a new duplicate each time it is opened. */
async function tokenOn(call: ServerCall): Promise<bigint | undefined> {
  const { token } = await call.threadToken(brief);
  const again = (await call.threadToken(brief)).token;
  return token?.tokenId === again?.tokenId ? token?.tokenId : token?.modifiedId;
}
