import assert from 'node:assert/strict';
import { ComError, connect, createServer, type Value } from 'async-com';

import { ArrivalCount } from '../support/arrival-count.js';
import {
  callUntilItFails,
  connectUntilGone,
  endedByServer,
  rejectsWithOneOf,
  serverGone,
} from '../support/calls.js';
import { Child, endChildren, type Exit } from '../support/child.js';
import { RemoteClient } from '../support/client.js';
import { newClsid } from '#lib/value/identifiers.js';
import { within } from '../support/within.js';
import { Latch } from '../support/latch.js';

// Calls are held while each process or worker ends. The tests check the exit code because a crash
// or a killed process has another one.

describe('a server process', function () {
  this.timeout(120_000);
  afterEach(endChildren);

  const endings: readonly (readonly [
    name: string,
    end: (server: Child) => void | Promise<unknown>,
    code: number | null,
    errors: RegExp,
    times: number,
  ])[] = [
    ['process.exit', (server) => server.tell('exit', 7), 7, /^$/, 3],
    ['an uncaught exception', (server) => server.tell('throw'), 1, /uncaught, as asked for/, 2],
    ['an unhandled rejection', (server) => server.tell('reject'), 1, /unhandled, as asked for/, 2],
    ['nothing left to do', (server) => server.tell('abandon'), 0, /^$/, 2],
    ['killed', (server) => server.kill(), null, /^$/, 2],
  ];

  for (const [name, end, code, errors, times] of endings) {
    it(`fails the calls in progress when it ends (${name})`, async () => {
      for (let time = 0; time < times; ++time) {
        const clsid = newClsid();
        const server = await Child.start('server', clsid);
        using connection = await connect(clsid);
        const calls = [
          connection.call('hold', 1),
          connection.call('hold', 2),
          connection.call('holdAsClient', 3),
          connection.call('holdAfterBegin', 4),
          connection.call('holdWithoutBegin', 5),
          connection.call('holdSignalled', 6),
        ];
        const ended = Promise.allSettled(calls);
        for (const _ of calls) await server.next('held');
        const stream = callUntilItFails(connection);
        await end(server);
        assertEnded(await server.exited(), code, errors);
        for (const call of calls.slice(0, 5)) await rejectsWithOneOf(endedByServer, call);
        assert.equal(await calls[5], 'signalled');
        await ended;
        await stream;
        await rejectsWithOneOf(serverGone, connection.call('echo'));
      }
    });
  }

  it('fails the calls in progress when a handler calls process.exit()', async () => {
    for (let time = 0; time < 5; ++time) {
      const clsid = newClsid();
      const server = await Child.start('server', clsid);
      using connection = await connect(clsid);
      const held = connection.call('hold', 1);
      const ended = Promise.allSettled([held]);
      await server.next('held');
      await rejectsWithOneOf(endedByServer, connection.call('exit', 9));
      assertEnded(await server.exited(), 9, /^$/);
      await rejectsWithOneOf(endedByServer, held);
      await ended;
    }
  });

  it('refuses calls above maxCalls while its JavaScript thread is busy, and answers the others later', async () => {
    const clsid = newClsid();
    const server = await Child.start('server', clsid, JSON.stringify({ maxCalls: 20 }));
    using connection = await connect(clsid);
    const busy = 3000;
    server.tell('block', busy);
    await server.next('blocking');
    const began = performance.now();
    const calls = Array.from({ length: 25 }, async (_, index) => {
      try {
        const [value] = (await connection.call('echo', index)) as Value[];
        assert.equal(value, index);
        return { at: performance.now() - began, answered: true };
      } catch (error) {
        assert.ok(error instanceof ComError);
        assert.equal(error.code, 'RPC_E_SERVERCALL_RETRYLATER');
        return { at: performance.now() - began, answered: false };
      }
    });
    const results = await Promise.all(calls);
    const answered = results.filter((result) => result.answered);
    const refused = results.filter((result) => !result.answered);
    assert.equal(answered.length, 20);
    for (const { at } of refused) assert.ok(at < busy - 500, `refused after ${at} ms`);
    for (const { at } of answered) assert.ok(at > busy - 1000, `answered after ${at} ms`);
    server.tell('exit', 0);
    assertEnded(await server.exited(), 0, /^$/);
  });

  it('can be killed while its JavaScript thread is busy', async () => {
    const clsid = newClsid();
    const server = await Child.start('server', clsid);
    using connection = await connect(clsid);
    const call = connection.call('blockHandler');
    const ended = Promise.allSettled([call]);
    await server.next('blocking');
    assertEnded(await server.kill(), null, /^$/);
    await rejectsWithOneOf(['RPC_S_CALL_FAILED'], call);
    await ended;
  });

  it('closes while clients connect, call and disconnect in a loop', async () => {
    for (let time = 0; time < 2; ++time) {
      const clsid = newClsid();
      const server = await Child.start('server', clsid);
      // Each process runs only one loop because parallel activations of a server that has gone crash
      // Wine's combase.
      const client = await RemoteClient.start(clsid);
      const loops = Promise.all([connectUntilGone(clsid), client.connectUntilGone(clsid)]);
      using connection = await within(15_000, connect(clsid), 'an activation');
      for (let count = 0; count < 50; ++count) {
        await within(15_000, connection.call('echo'), 'an answer');
      }
      await server.ask('close', 2000);
      server.tell('abandon');
      assertEnded(await server.exited(), 0, /^$/);
      for (const connected of await loops) assert.ok(connected > 0, 'control');
    }
  });
});

describe('a worker thread with a server', function () {
  this.timeout(60_000);
  afterEach(endChildren);

  it('can be terminated while calls are held, and the main thread continues', async () => {
    const clsid = newClsid();
    const host = await Child.start('worker-host', clsid);
    for (let time = 0; time < 6; ++time) {
      await host.ask('start');
      using connection = await connect(clsid);
      const calls = [
        connection.call('hold', 1),
        connection.call('holdAsClient', 2),
        connection.call('holdAfterBegin', 3),
        connection.call('holdWithoutBegin', 4),
      ];
      const ended = Promise.allSettled(calls);
      for (const _ of calls) await host.next('held');
      const stream = callUntilItFails(connection);
      await within10s(host.ask('terminate'));
      await host.next('workerExit');
      for (const call of calls) await rejectsWithOneOf(endedByServer, call);
      await ended;
      await stream;
      await rejectsWithOneOf(serverGone, connection.call('echo'));
    }
    await mainThreadServes(host, clsid);
  });

  it('can be terminated while a handler blocks its JavaScript thread', async () => {
    const clsid = newClsid();
    const host = await Child.start('worker-host', clsid);
    for (let time = 0; time < 5; ++time) {
      await host.ask('start');
      using connection = await connect(clsid);
      const running = connection.call('blockHandler');
      await host.next('blocking');
      const waiting = connection.call('echo');
      const ended = Promise.allSettled([running, waiting]);
      await within10s(host.ask('terminate'));
      await ended;
      await rejectsWithOneOf(endedByServer, running);
      await rejectsWithOneOf(serverGone, waiting);
    }
    await mainThreadServes(host, clsid);
  });

  it('can be terminated while it registers its classes', async () => {
    for (let time = 0; time < 4; ++time) {
      const clsids = Array.from({ length: 10 }, newClsid);
      const [clsid = ''] = clsids;
      const host = await Child.start(
        'worker-host',
        clsid,
        'registering-server',
        ...clsids.slice(1),
      );
      await within10s(host.ask('startAndTerminate'));
      // A class that COM was still registering is revoked when COM has registered it.
      for (const one of clsids) await within10s(connectUntilGone(one));
      await mainThreadServes(host, clsid);
    }
  });

  const endings: readonly (readonly [command: string, code: number, ...args: unknown[]])[] = [
    ['exit', 7, 7],
    ['throw', 1],
    ['reject', 1],
  ];
  for (const [command, code, ...args] of endings) {
    it(`can end while calls are held, and the main thread continues (${command})`, async () => {
      const clsid = newClsid();
      const host = await Child.start('worker-host', clsid);
      for (let time = 0; time < 2; ++time) {
        await host.ask('start');
        using connection = await connect(clsid);
        const calls = [connection.call('hold', 1), connection.call('holdAsClient', 2)];
        const ended = Promise.allSettled(calls);
        for (const _ of calls) await host.next('held');
        await host.ask('toWorker', command, ...args);
        assert.equal(await host.next('workerExit'), code);
        for (const call of calls) await rejectsWithOneOf(endedByServer, call);
        await ended;
      }
      await mainThreadServes(host, clsid);
    });
  }

  it('fails the calls in progress when the main thread ends the process', async () => {
    for (let time = 0; time < 3; ++time) {
      const clsid = newClsid();
      const host = await Child.start('worker-host', clsid);
      await host.ask('start');
      using connection = await connect(clsid);
      const calls = [connection.call('hold', 1), connection.call('holdAsClient', 2)];
      const ended = Promise.allSettled(calls);
      for (const _ of calls) await host.next('held');
      const stream = callUntilItFails(connection);
      host.tell('exit', 6);
      assertEnded(await host.exited(), 6, /^$/);
      for (const call of calls) await rejectsWithOneOf(endedByServer, call);
      await ended;
      await stream;
    }
  });

  async function mainThreadServes(host: Child, clsid: string): Promise<void> {
    await rejectsWithOneOf(['REGDB_E_CLASSNOTREG'], connect(clsid));
    await host.ask('host');
    {
      using connection = await connect(clsid);
      assert.equal(await connection.call('who'), 'main');
    }
    await host.ask('close');
    host.tell('end');
    assertEnded(await host.exited(), 0, /^$/);
  }
});

describe('a client process', () => {
  afterEach(endChildren);

  const endings: readonly (readonly [
    name: string,
    end: (client: RemoteClient) => Promise<Exit>,
    code: number | null,
  ])[] = [
    ['exits', (client) => client.exit(5), 5],
    ['is killed', (client) => client.kill(), null],
  ];
  for (const [name, end, code] of endings) {
    it(`${name} while calls are pending, and the server completes them and continues`, async () => {
      const release = new Latch();
      const arrivals = new ArrivalCount();
      const settled: Promise<void>[] = [];
      await using server = createServer({
        clsid: newClsid(),
        methods: {
          echo: (_call, value: Value) => value,
          hold(call) {
            const holding = (async () => {
              await call.impersonateClient();
              arrivals.add();
              await release.opened('the end of the client');
              await call.revertToSelf();
            })();
            settled.push(holding);
            return holding;
          },
        },
      });
      await server.listen();
      for (let time = 0; time < 2; ++time) {
        const client = await RemoteClient.start(server.clsid);
        await client.begin(4, 'hold');
        await arrivals.reached((time + 1) * 4);
        assertEnded(await end(client), code, /^$/);
      }
      assert.equal(server.callsInProgress, 8);
      release.open();
      await Promise.all(settled);
      await using other = await RemoteClient.start(server.clsid);
      assert.equal(await other.call('echo', 'on'), 'on');
      const began = performance.now();
      await server.close();
      assert.ok(performance.now() - began < 4000, 'no call was left to wait for');
      assert.equal(server.callsInProgress, 0);
    });
  }

  it('can terminate a worker whose calls are pending, and then exits', async () => {
    const arrivals = new ArrivalCount();
    await using server = createServer({
      clsid: newClsid(),
      methods: {
        hold() {
          arrivals.add();
          return new Promise<never>(() => undefined);
        },
      },
    });
    await server.listen();
    const host = await Child.start('worker-host', server.clsid, 'client');
    for (let time = 1; time <= 5; ++time) {
      await host.ask('start');
      await host.ask('toWorker', 'connectAndBegin', server.clsid, 3, 'hold');
      await arrivals.reached(time * 3);
      await within10s(host.ask('terminate'));
    }
    host.tell('exit', 4);
    assertEnded(await host.exited(), 4, /^$/);
    await server.close({ timeout: 0 });
  });
});

function assertEnded({ code, milliseconds, errors }: Exit, expected: number | null, said: RegExp) {
  assert.equal(code, expected, `exit code ${String(code)}\n${errors}`);
  assert.match(errors, said);
  assert.ok(milliseconds < 10_000, `it took ${milliseconds} ms`);
}

async function within10s(promise: Promise<unknown>): Promise<void> {
  const began = performance.now();
  await promise;
  const took = performance.now() - began;
  assert.ok(took < 10_000, `it took ${took} ms`);
}
