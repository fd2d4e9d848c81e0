import assert from 'node:assert/strict';
import { connect, createServer, type ServerCall, threadToken, type Value } from 'async-com';

import { CallHost } from '../support/call-host.js';
import { rejectsWithOneOf, serverGone } from '../support/calls.js';
import { Child, endChildren } from '../support/child.js';
import { RemoteClient } from '../support/client.js';
import { newClsid } from '../support/clsid.js';
import { stateOf } from '../support/threads.js';
import { until } from '../support/until.js';

// The design names hazards. Where each has its test, or why none is possible:
//
// Signal runs Finish_ inside itself
//   Below: a result of megabytes, signalled while impersonating, from either thread; a signal that
//   the JavaScript thread is too busy to help. That COM runs Finish_ inside Signal only Windows
//   shows; over the bridge it is the RPC thread that runs it.
// Refusing for load
//   server.test.ts, maxCalls: at once, nested calls too, and endings.test.ts with a busy JavaScript
//   thread. That CreateCall does not refuse shows on Windows alone: nothing else calls it there.
// Fail closed
//   Below, and call-thread.test.ts: without a token on the thread every use of one is an error.
//   test/contract: an impersonation that brings no token (a fault) is found out. That `fs` runs as
//   the server cannot be undone, only said; below: no JavaScript runs under the token.
// Tokens on helper threads
//   call-thread.test.ts, openThread: left, forgotten, or longer there than the call.
// The addon must not unload
//   Below. Workers that end in the middle of calls: endings.test.ts.
// Windows' asynchronous mapping
//   test/contract, which registers it: a call that took the bridge on Windows is a failure there.
// Values may carry object references
//   value.test.ts: none can be sent from JavaScript. Custom marshaling into the process needs a
//   client that is not Node (test/interop, to come), and EOAC_NO_CUSTOM_MARSHAL a Windows: Wine's
//   CoInitializeSecurity does nothing. Below: proxies are let go while a call impersonates.
// Calls out from a handler
//   Below: they work, and touch neither the token on the thread nor its place. Whose identity they
//   carry needs two accounts, and a Windows: under Wine every token is a copy of the server's.
// AppID
//   None is registered yet, so no test is possible: `async-com register` brings it.

const brief = { detail: 'brief' } as const;
const megabyte = 2 ** 20;

describe('hazards', () => {
  let host: CallHost;

  beforeEach(async () => {
    host = await CallHost.start();
  });

  afterEach(async () => {
    await endChildren();
    await host.server.close({ timeout: 0 });
  });

  for (const thread of ['begin', 'completion'] as const) {
    it(`Signal carries megabytes while the thread impersonates (${thread})`, async () => {
      const value = [Buffer.alloc(2 * megabyte, 'x'), 'y'.repeat(megabyte)];
      const result = await host.call(async (call) => {
        await call.impersonateClient();
        await call.signal(value, { thread });
        assert.equal((await call.threadToken(brief)).state, 'present');
      });
      assert.deepEqual(result, value);
    });
  }

  it('Signal needs no JavaScript: the answer leaves while its thread is busy', async () => {
    const clsid = newClsid();
    const server = await Child.start('server', clsid);
    using connection = await connect(clsid);
    // The handler never gives the JavaScript thread back after it has asked for the signal.
    assert.equal(await connection.call('signalAndBlock'), 'signalled');
    const waiting = connection.call('echo');
    const ended = Promise.allSettled([waiting]);
    await server.kill();
    await ended;
    await rejectsWithOneOf(serverGone, waiting);
  });

  it('an operation as the client without the client’s token is an error', async () => {
    await host.call(async (call) => {
      await call.impersonateClient();
      using earlier = await call.duplicateToken();
      await call.revertToSelf();
      await assert.rejects(call.duplicateToken(), { name: 'ComError' });

      // Whoever the thread acts as: a refused impersonation leaves it so.
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

  it('no JavaScript runs under the token', async () => {
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

  it('the addon stays in memory when the only worker that loaded it has ended', async () => {
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
    // Its threads and COM's go on in it.
    await process.ask('start');
    using again = await connect(clsid);
    assert.deepEqual(await again.call('echo', 1), [1]);
    process.tell('exit', 3);
    assert.equal((await process.exited()).code, 3);
  });

  it('a handler that impersonates calls another server, and lets go of its proxies', async () => {
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

  it('handlers that call each other’s servers in a circle end, within the bounds', async () => {
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

/** What a thread's token is known by. Windows gives whoever opens a client's token a duplicate. */
async function tokenOn(call: ServerCall): Promise<bigint | undefined> {
  const { token } = await call.threadToken(brief);
  const again = (await call.threadToken(brief)).token;
  return token?.tokenId === again?.tokenId ? token?.tokenId : token?.modifiedId;
}
