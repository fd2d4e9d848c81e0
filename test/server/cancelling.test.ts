import assert from 'node:assert/strict';
import {
  type CallOptions,
  ComError,
  connect,
  type Connection,
  createServer,
  type Server,
  type ServerCall,
  type Value,
} from 'async-com';

import { Child, endChildren, type Exit } from '../support/child.js';
import { newClsid } from '#lib/value/identifiers.js';
import { testAddon } from '../support/test-addon.js';
import { RemoteClient } from '../support/client.js';
import { Latch } from '../support/latch.js';
import { lendings } from '../support/lending.js';
import { randomNumbers } from '../support/random.js';
import { until } from '../support/until.js';

describe('Connection.call() with a signal or a timeout', function () {
  this.timeout(60_000);
  let clsid: string;
  let server: Child;
  let connection: Connection;

  before(async () => {
    clsid = newClsid();
    server = await Child.start('cancelling-server', clsid);
    connection = await connect(clsid);
  });

  after(async () => {
    connection.close();
    await endChildren();
  });

  const becomesIdle = () =>
    until(async () => (await server.ask('callsInProgress')) === 0, 'no call is in progress');

  it('returns the result or the error of the call when nothing cancels it', async () => {
    const { signal } = new AbortController();
    assert.deepEqual(await connection.call({ method: 'echo', signal, timeout: 20_000 }, 1, 'two'), [
      1,
      'two',
    ]);
    await assert.rejects(connection.call({ method: 'fail', signal }), {
      name: 'ComError',
      message: 'as asked',
      hresult: 0x80070002,
      origin: 'handler',
    });
    await assert.rejects(connection.call({ method: 'nobody', signal }), {
      code: 'DISP_E_MEMBERNOTFOUND',
    });
  });

  for (const [how, lent] of lendings) {
    describe(`for a handler ${how}`, () => {
      it('rejects at once when the signal is aborted, and cancels the handler', async () => {
        const controller = new AbortController();
        const call = connection.call(
          { method: 'untilCancelled', signal: controller.signal },
          'a',
          lent,
        );
        await server.next('held');
        const reason = new Error('changed my mind');
        controller.abort(reason);
        await assert.rejects(call, {
          name: 'ComError',
          code: 'RPC_E_CALL_CANCELED',
          origin: 'call',
          cause: reason,
          message: 'the call was cancelled: changed my mind',
        });
        assert.deepEqual(await server.next('cancelled'), {
          name: 'a',
          code: 'RPC_E_CALL_CANCELED',
        });
        await becomesIdle();
        assert.deepEqual(await connection.call('echo', 'after'), ['after']);
      });

      it('rejects when the handler ignores the cancellation, and drops its late answer', async () => {
        const controller = new AbortController();
        const call = connection.call({ method: 'held', signal: controller.signal }, 'b', lent);
        await server.next('held');
        controller.abort();
        await assert.rejects(call, { code: 'RPC_E_CALL_CANCELED' });
        assert.equal(await server.ask('callsInProgress'), 1, 'the handler goes on');
        await server.ask('letGo');
        await becomesIdle();
        assert.deepEqual(await connection.call('echo', 'after'), ['after']);
      });

      it('does not cancel the handler of another call (control)', async () => {
        const controller = new AbortController();
        const other = connection.call('held', 'other', lent);
        await server.next('held');
        const call = connection.call(
          { method: 'untilCancelled', signal: controller.signal },
          'one',
          lent,
        );
        await server.next('held');
        controller.abort();
        await assert.rejects(call, { code: 'RPC_E_CALL_CANCELED' });
        await server.next('cancelled');
        await server.ask('letGo');
        assert.equal(await other, 'not cancelled');
      });

      it('rejects after the timeout, and cancels the handler', async () => {
        const call = connection.call({ method: 'untilCancelled', timeout: 50 }, 'c', lent);
        await assert.rejects(call, (error: ComError) => {
          assert.equal(error.code, 'RPC_E_CALL_CANCELED');
          assert.equal((error.cause as Error).name, 'TimeoutError');
          return true;
        });
        await server.next('held');
        assert.deepEqual(await server.next('cancelled'), {
          name: 'c',
          code: 'RPC_E_CALL_CANCELED',
        });
        await becomesIdle();
        assert.deepEqual(await connection.call('echo', 'after'), ['after']);
      });
    });
  }

  it('does not send the call when the signal is already aborted', async () => {
    const signal = AbortSignal.abort(new Error('before'));
    await assert.rejects(connection.call({ method: 'untilCancelled', signal }, 'd'), {
      code: 'RPC_E_CALL_CANCELED',
      message: 'the call was cancelled: before',
    });
    assert.equal(await server.ask('callsInProgress'), 0);
  });

  it('ignores a signal that is aborted after the call is over', async () => {
    const controller = new AbortController();
    await connection.call({ method: 'echo', signal: controller.signal });
    controller.abort();
    assert.deepEqual(await connection.call('echo'), []);
  });

  it('names the option that is not valid', async () => {
    const wrong: readonly (readonly [options: unknown, message: RegExp])[] = [
      [{ method: 'echo', signal: {} }, /^options\.signal must be an AbortSignal/],
      [{ method: 'echo', timeout: -1 }, /^options\.timeout must be/],
      [{ method: 'echo', timeout: 1.5 }, /^options\.timeout must be/],
      [{ method: 'echo', timeout: '5' }, /^options\.timeout must be/],
      [{ method: 5 }, /^options\.method must be a string/],
      [null, /^method must be a string, or an object/],
    ];
    for (const [options, message] of wrong) {
      await assert.rejects(connection.call(options as CallOptions), { name: 'TypeError', message });
    }
  });

  it('settles when 1,500 calls are cancelled at random moments, and the server still answers', async () => {
    const random = randomNumbers(20261124);
    let answered = 0;
    let cancelled = 0;
    const one = async () => {
      const turns = Math.floor(random() * 30);
      const controller = new AbortController();
      const call = connection.call({ method: 'soon', signal: controller.signal }, turns);
      const settled = call.then(
        () => ++answered,
        (error: unknown) => {
          assert.equal((error as ComError).code, 'RPC_E_CALL_CANCELED');
          ++cancelled;
        },
      );
      for (let turn = Math.floor(random() * 60); turn > 0; --turn) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      controller.abort();
      await settled;
    };
    const batch = async () => {
      await Promise.all(Array.from({ length: 50 }, one));
      await becomesIdle();
    };
    // After these the thread pools of both processes have all their threads.
    for (let time = 0; time < 10; ++time) await batch();
    const handles = () => [process.pid, server.pid].map((id) => testAddon.resourcesOf(id).handles);
    const before = handles();
    for (let time = 0; time < 20; ++time) await batch();
    assert.equal(answered + cancelled, 1500);
    assert.ok(cancelled > 50, `only ${cancelled} were cancelled in time`);
    assert.deepEqual(await connection.call('echo', 'next'), ['next']);
    const after = handles();
    console.log(`        ${cancelled} cancelled, ${answered} answered before that`);
    console.log(`        handles of client and server: ${before.join()} → ${after.join()}`);
    for (const [index, count] of after.entries()) assert.ok(count - (before[index] ?? 0) < 300);
  });
});

describe('a call whose client has died', function () {
  this.timeout(30_000);
  afterEach(endChildren);

  for (const [how, lent] of lendings) {
    it(`is cancelled, and calls of other clients are not (${how})`, async () => {
      const clsid = newClsid();
      const server = await Child.start('cancelling-server', clsid);
      const gone = await RemoteClient.start(clsid);
      using stays = await connect(clsid);
      await gone.begin(3, 'untilCancelled', 'gone', lent);
      for (let count = 0; count < 3; ++count) await server.next('held');
      const held = stays.call('held', 'stays', lent);
      await server.next('held');
      await gone.kill();
      for (let count = 0; count < 3; ++count) {
        assert.deepEqual(await server.next('cancelled'), {
          name: 'gone',
          code: 'RPC_E_CLIENT_DIED',
        });
      }
      await server.ask('letGo');
      assert.equal(await held, 'not cancelled');
      await until(
        async () => (await server.ask('callsInProgress')) === 0,
        'no call is in progress',
      );
    });

    it(`is cancelled when the client dies at the start of the call (${how})`, async () => {
      const cancelled = new Latch<string>();
      const { client, server } = await killedByHandler(async (call, kill) => {
        if (lent) await call.threadId();
        kill();
        // The server starts to watch a call only after some time. It did not watch this one yet.
        await until(() => call.cancelled.aborted, 'the handler is told');
        cancelled.open((call.cancelled.reason as ComError).code);
        return 'too late';
      });
      await using _server = server;
      assert.equal(await cancelled.opened('the cancellation'), 'RPC_E_CLIENT_DIED');
      await client;
      await until(() => server.callsInProgress === 0, 'no call is in progress');
    });

    it(`is not cancelled when its handler returns at once (${how})`, async () => {
      const ended = new Latch<boolean>();
      const { client, server } = await killedByHandler(async (call, kill) => {
        if (lent) await call.threadId();
        kill();
        ended.open(call.cancelled.aborted);
        return 'at once';
      });
      await using _server = server;
      assert.equal(await ended.opened('the end of the handler'), false);
      await until(() => server.callsInProgress === 0, 'no call is in progress');
      await client;
      using connection = await connect(server.clsid);
      assert.equal(await connection.call('echo', 'on'), 'on');
    });
  }

  /** Starts a server whose handler `run` can kill the client that it serves. */
  async function killedByHandler(
    run: (call: ServerCall, kill: () => void) => Promise<Value>,
  ): Promise<{ server: Server; client: Promise<unknown> }> {
    const exit = new Latch<Exit>();
    const server = await createServer({
      clsid: newClsid(),
      methods: {
        echo: (_call, value: Value) => value,
        run: (call) =>
          run(call, () => {
            void client.kill().then(exit.open);
          }),
      },
    }).listen();
    const client = await RemoteClient.start(server.clsid);
    // The client may die before it reports that it has made the call.
    await client.begin(1, 'run').catch(() => undefined);
    return { server, client: exit.opened('the end of the client') };
  }
});

describe('Server.close() with a timeout of 0', function () {
  this.timeout(30_000);
  afterEach(endChildren);

  for (const [how, lent] of lendings) {
    it(`cancels the handlers of calls that it ends (${how})`, async () => {
      const clsid = newClsid();
      const server = await Child.start('cancelling-server', clsid);
      using connection = await connect(clsid);
      const call = connection.call('untilCancelled', 'x', lent);
      await server.next('held');
      const ended = assert.rejects(call, { code: 'CO_E_SERVER_STOPPING' });
      await server.ask('close', 0);
      await ended;
      assert.deepEqual(await server.next('cancelled'), { name: 'x', code: 'CO_E_SERVER_STOPPING' });
    });
  }
});
