import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import {
  automation,
  type CloseOptions,
  ComError,
  connect,
  createServer,
  type ListenOptions,
  method,
  type Server,
  ServerCall,
  type ServerOptions,
  type Value,
} from 'async-com';

import { ArrivalCount } from '../support/arrival-count.js';
import { Child } from '../support/child.js';
import { RemoteClient } from '../support/client.js';
import { valueOf } from '#lib/errors/outcome.js';
import { native } from '#lib/native/addon.js';
import { newClsid } from '#lib/value/identifiers.js';
import { Latch } from '../support/latch.js';
import { collectGarbageUntil } from '../support/garbage.js';
import { lendings } from '../support/lending.js';
import { testAddon } from '../support/test-addon.js';
import { until } from '../support/until.js';

/** The errors for an object that no longer exists. RPC_S_UNKNOWN_IF comes from Wine. */
const goneCodes = ['RPC_E_DISCONNECTED', 'RPC_S_UNKNOWN_IF', 'CO_E_OBJNOTCONNECTED'];

let client: RemoteClient;

describe('Server', () => {
  before(async () => {
    client = await RemoteClient.start();
  });

  after(async () => {
    await client[Symbol.asyncDispose]();
  });

  describe('createServer()', () => {
    const clsid = newClsid();
    const methods = {};

    it('names the option that is not valid', () => {
      const bad: readonly (readonly [name: string, options: unknown])[] = [
        ['options', undefined],
        ['options', null],
        ['options', 'x'],
        ['options.clsid', {}],
        ['options.clsid', { methods }],
        ['options.clsid', { clsid: 'Acme.Files', methods }],
        ['options.clsid', { clsid: clsid.slice(1, -1), methods }],
        ['options.clsid', { clsid: `${clsid}\0`, methods }],
        ['options.clsid', { clsid: 5, methods }],
        ['options.methods', { clsid }],
        ['options.methods', { clsid, methods: null }],
        ['options.methods', { clsid, methods: 'echo' }],
        ...[new Map([['echo', () => 1]]), new Set(), [() => 1]].map(
          (methods) => ['options.methods', { clsid, methods }] as const,
        ),
        ['options.methods.echo', { clsid, methods: { add: () => 1, echo: 5 } }],
        ...['', 'Files', 'a b.c', '.a', 'a.', `A.${'b'.repeat(38)}`, 5, null].map(
          (progId) => ['options.progId', { clsid, methods, progId }] as const,
        ),
        ['options.name', { clsid, methods, name: 5 }],
        ['options.name', { clsid, methods, name: null }],
        ...[0, -1, 1.5, 401, NaN, Infinity, '5', 5n, null].map(
          (maxCalls) => ['options.maxCalls', { clsid, methods, maxCalls }] as const,
        ),
        ...[0, 'false', null].map(
          (holdBegin) => ['options.holdBegin', { clsid, methods, holdBegin }] as const,
        ),
      ];
      for (const [name, options] of bad) {
        assert.throws(
          () => createServer(options as ServerOptions),
          ({ name: type, message }: Error) =>
            type === 'TypeError' && message.startsWith(`${name} must be`),
          name,
        );
      }
    });

    it('names what is wrong with a class', () => {
      class Counter {
        static [automation]: unknown;
        add(): number {
          return 1;
        }
      }
      const saying = (said: unknown) => {
        const objectClass = class extends Counter {};
        objectClass[automation] = said;
        return { class: objectClass };
      };
      const bad: readonly (readonly [message: string, options: object])[] = [
        ['options.class must be a class', { class: 'Counter' }],
        ['options.class must be a class', { class: () => new Counter() }],
        ['options.class cannot be given together with', { class: Counter, methods }],
        ['options.create must be a function', { class: Counter, create: new Counter() }],
        ['options.create needs options.class', { methods, create: () => new Counter() }],
        ['options.help is not for a class', { class: Counter, help: 'Counts' }],
        ['options.defaultMember is not for a class', { class: Counter, defaultMember: 'add' }],
        ['[automation] must be an object', saying('add')],
        ['[automation].membres must be one of name, help,', saying({ membres: {} })],
        ['[automation].iid must be a GUID', saying({ iid: 'Counter' })],
        ['[automation].members.less: the class has no', saying({ members: { less: method({}) } })],
        ['[automation].members.add must be made by', saying({ members: { add: {} } })],
        ['defaultMember must name a member', saying({ defaultMember: 'less' })],
      ];
      for (const [message, options] of bad) {
        assert.throws(
          () => createServer({ clsid, ...options }),
          (error: Error) => error.name === 'TypeError' && error.message.startsWith(message),
          message,
        );
      }
    });

    it('accepts the smallest and the largest maxCalls, and every other option', () => {
      for (const maxCalls of [1, 400, undefined]) {
        const options = { clsid, methods, progId: 'A.b', name: '', holdBegin: false };
        createServer(maxCalls === undefined ? options : { ...options, maxCalls });
      }
    });
  });

  describe('Server.listen()', () => {
    it('resolves with the server, and rejects when the server listens already or is closed', async () => {
      await using server = echoServer();
      assert.equal(await server.listen(), server);
      await assert.rejects(server.listen(), { message: 'the server is listening already' });
      await server.close();
      await assert.rejects(server.listen(), { message: 'the server is closed already' });
    });

    it('names the option that is not valid, and can be called again afterwards', async () => {
      await using server = echoServer();
      const bad: readonly (readonly [message: string, options: unknown])[] = [
        ...[true, null, 'x', 5].map((one) => ['options must be an object', one] as const),
        ...[1, 'true', null].map(
          (embedding) => ['options.embedding must be a boolean', { embedding }] as const,
        ),
      ];
      for (const [message, options] of bad) {
        await assert.rejects(server.listen(options as ListenOptions), {
          name: 'TypeError',
          message,
        });
      }
      await server.listen();
    });

    it('rejects a second call before the first has resolved', async () => {
      await using server = echoServer();
      const first = server.listen();
      await assert.rejects(server.listen(), { message: 'the server is listening already' });
      await first;
      await client.connect(server.clsid);
      assert.equal(await client.call('echo', 1), 1);
    });

    it('makes the class available to clients', async () => {
      await using server = echoServer();
      await assert.rejects(client.connect(server.clsid), { code: 'REGDB_E_CLASSNOTREG' });
      await server.listen();
      await client.connect(server.clsid);
    });

    it('serves two classes in one process', async () => {
      await using one = createServer({ clsid: newClsid(), methods: { who: () => 'one' } });
      await using two = createServer({ clsid: newClsid(), methods: { who: () => 'two' } });
      await Promise.all([one.listen(), two.listen()]);
      await client.connect(one.clsid);
      assert.equal(await client.call('who'), 'one');
      await client.connect(two.clsid);
      assert.equal(await client.call('who'), 'two');
      await one.close();
      assert.equal(await client.call('who'), 'two');
    });

    it('rejects with CO_E_OBJISREG for a class that this process serves already', async () => {
      const clsid = newClsid();
      await using one = createServer({ clsid, methods: { who: () => 'one' } });
      await using two = createServer({ clsid: clsid.toUpperCase(), methods: { who: () => 'two' } });
      await one.listen();
      await assert.rejects(two.listen(), {
        name: 'ComError',
        code: 'CO_E_OBJISREG',
        origin: 'call',
      });
      await client.connect(clsid);
      assert.equal(await client.call('who'), 'one');
      await one.close();
      await two.listen();
      await client.connect(clsid);
      assert.equal(await client.call('who'), 'two', 'it may listen when the other has closed');
    });

    it('rejects with CO_E_OBJISREG for a class that another copy of the addon serves', async () => {
      const clsid = newClsid();
      const nothing = () => undefined;
      const copy = new testAddon.Server({
        clsid,
        mostCalls: 1,
        callObject: true,
        objectClass: new testAddon.ObjectClass(null, []),
        creates: false,
        onCall: nothing,
        onCancel: nothing,
        onRelease: nothing,
        onObject: () => assert.fail(),
        onTarget: nothing,
        onIdle: nothing,
        onUnused: nothing,
      });
      await using server = createServer({ clsid, methods: { who: () => 'server' } });
      await server.listen();
      assert.equal((await copy.listen(false)).code, 'CO_E_OBJISREG');
      await server.close();
      assert.equal((await copy.listen(false)).code, 'S_OK');
      await using next = createServer({ clsid, methods: { who: () => 'next' } });
      await assert.rejects(next.listen(), { name: 'ComError', code: 'CO_E_OBJISREG' });
      await copy.disconnect();
      await next.listen();
      await client.connect(clsid);
      assert.equal(await client.call('who'), 'next');
    });

    it('serves a class again with another server after the first has closed', async () => {
      const clsid = newClsid();
      for (let time = 0; time < 5; ++time) {
        await using server = createServer({ clsid, methods: { time: () => time } });
        await server.listen();
        await client.connect(clsid);
        assert.equal(await client.call('time'), time);
      }
    });
  });

  describe('a call with very many arguments', () => {
    it('is refused with DISP_E_BADPARAMCOUNT, and its handler does not run', async () => {
      const counts: number[] = [];
      await using server = createServer({
        clsid: newClsid(),
        methods: {
          count: (_call, ...args) => {
            counts.push(args.length);
            return args.length;
          },
        },
      });
      server.on('handlerError', (error) => {
        assert.fail(String(error));
      });
      await server.listen();
      const connection = valueOf(await native.connect(server.clsid));
      const call = async (count: number) => {
        const answer = await connection.call('count', Array<number>(count).fill(1));
        return answer.value?.value ?? answer.value?.handlerError ?? answer.code;
      };
      for (const count of [0, 9_999, 10_000]) assert.equal(await call(count), count);
      for (const count of [10_001, 200_000]) {
        assert.equal(await call(count), 'DISP_E_BADPARAMCOUNT');
      }
      assert.deepEqual(counts, [0, 9_999, 10_000]);
      await client.connect(server.clsid);
      await assert.rejects(client.call('count', ...Array<number>(10_001).fill(1)), {
        code: 'DISP_E_BADPARAMCOUNT',
        origin: 'call',
        message: /: the member takes fewer arguments; no handler can get more than 10000/,
      });
      connection.close();
    });
  });

  describe('events of a Server', () => {
    it("are 'listening', 'call' before each handler runs, and 'close'", async () => {
      const seen: string[] = [];
      await using server = createServer({
        clsid: newClsid(),
        methods: {
          echo(call, value: Value) {
            seen.push(`handler ${call.id}`);
            return value;
          },
        },
      });
      server.on('listening', () => seen.push('listening'));
      server.on('call', (call) => {
        assert.ok(call instanceof ServerCall);
        seen.push(`${call.method}${JSON.stringify(call.args)} ${call.id}`);
      });
      server.on('close', () => seen.push('close'));
      await server.listen();
      await client.connect(server.clsid);
      await client.call('echo', 5);
      await assert.rejects(client.call('nope'), { code: 'DISP_E_MEMBERNOTFOUND' });
      await server.close();
      const id = seen[2]?.split(' ')[1] ?? '';
      assert.deepEqual(seen, ['listening', `echo[5] ${id}`, `handler ${id}`, 'close']);
    });

    it("include 'handlerError' for a handler that throws or rejects, or whose result cannot be sent", async () => {
      const thrown = new Error('thrown');
      const seen: unknown[][] = [];
      const calls: ServerCall[] = [];
      await using server = createServer({
        clsid: newClsid(),
        methods: {
          echo: (_call, value: Value) => value,
          throwing() {
            throw thrown;
          },
          rejecting: () => Promise.reject(new ComError('rejected', { hresult: 0x80070002 })),
          unsendable: () => new WeakMap() as unknown as Value,
          async signalled(call) {
            await call.signal('signalled');
            throw thrown;
          },
        },
      });
      server.on('call', (call) => calls.push(call));
      await server.listen();
      await client.connect(server.clsid);
      await assert.rejects(client.call('throwing'), { message: 'thrown' }, 'nobody listens yet');
      calls.length = 0;
      server.on('handlerError', (error, call) => seen.push([error, call]));
      assert.equal(await client.call('echo', 1), 1);
      await assert.rejects(client.call('nope'), { code: 'DISP_E_MEMBERNOTFOUND' });
      assert.equal(seen.length, 0, 'no handler failed');
      calls.length = 0;

      await assert.rejects(client.call('throwing'), { message: 'thrown', origin: 'handler' });
      await assert.rejects(client.call('rejecting'), { message: 'rejected', origin: 'handler' });
      await assert.rejects(client.call('unsendable'), {
        code: 'DISP_E_TYPEMISMATCH',
        origin: 'handler',
      });
      assert.equal(await client.call('signalled'), 'signalled');
      await becomesIdle(server);
      assert.equal(seen.length, 4);
      assert.deepEqual(
        seen.map(([, call]) => call),
        calls,
      );
      const [first, second, third, fourth] = seen.map(([error]) => error);
      assert.equal(first, thrown);
      assert.ok(second instanceof ComError && second.code === 'ERROR_FILE_NOT_FOUND');
      assert.ok(third instanceof TypeError && third.message.startsWith('the result is an object'));
      assert.equal(fourth, thrown);
    });

    it('turn what their listeners throw into uncaught exceptions, and the server continues', async () => {
      await using server = createServer({
        clsid: newClsid(),
        methods: {
          echo: (_call, value: Value) => value,
          fail() {
            throw new Error('the handler');
          },
        },
      });
      for (const event of ['listening', 'call', 'handlerError', 'close'] as const) {
        server.on(event, () => {
          throw new Error(event);
        });
      }
      const uncaught = await uncaughtIn(async () => {
        await server.listen();
        await client.connect(server.clsid);
        assert.equal(await client.call('echo', 5), 5);
        await assert.rejects(client.call('fail'), { message: 'the handler', origin: 'handler' });
        await server.close();
      });
      assert.deepEqual(uncaught, ['listening', 'call', 'call', 'handlerError', 'close']);
    });

    it('carry calls with different ids', async () => {
      const ids = new Set<number>();
      await using server = createServer({
        clsid: newClsid(),
        methods: { id: (call) => void ids.add(call.id) },
      });
      await server.listen();
      await client.connect(server.clsid);
      for (let count = 0; count < 20; ++count) await client.call('id');
      assert.equal(ids.size, 20);
    });
  });

  describe('ServerOptions.maxCalls', () => {
    for (const [how, lent] of lendings) {
      it(`refuses calls above the limit at once, and the held calls continue (${how})`, async () => {
        const { server, arrivals, release } = holdingServer({ maxCalls: 3 }, lent);
        await using _server = server;
        await server.listen();
        await client.connect(server.clsid);
        await client.begin(3, 'hold');
        await arrivals.reached(3);
        assert.equal(server.callsInProgress, 3);
        for (let time = 0; time < 5; ++time) {
          await assert.rejects(client.call('hold'), {
            name: 'ComError',
            code: 'RPC_E_SERVERCALL_RETRYLATER',
            origin: 'call',
          });
        }
        assert.equal(server.callsInProgress, 3);
        release();
        for (let count = 0; count < 3; ++count)
          assert.deepEqual(await client.ended(), { value: 'held' });
        await becomesIdle(server);
        await client.begin(3, 'hold');
        await arrivals.reached(6);
        release();
        for (let count = 0; count < 3; ++count)
          assert.deepEqual(await client.ended(), { value: 'held' });
      });

      it(`admits another call when one of the held calls has its answer (${how})`, async () => {
        const { server, arrivals, release } = holdingServer({ maxCalls: 2 }, lent);
        await using _server = server;
        await server.listen();
        await client.connect(server.clsid);
        await client.begin(2, 'hold');
        for (let held = 2; held < 6; ++held) {
          await arrivals.reached(held);
          await assert.rejects(client.call('hold'), { code: 'RPC_E_SERVERCALL_RETRYLATER' });
          release(1);
          assert.deepEqual(await client.ended(), { value: 'held' });
          await client.begin(1, 'hold');
        }
        await arrivals.reached(6);
        release();
        for (let count = 0; count < 2; ++count)
          assert.deepEqual(await client.ended(), { value: 'held' });
      });
    }

    it('refuses a nested call above the limit, which would wait for itself', async () => {
      const clsid = newClsid();
      await using server = createServer({
        clsid,
        maxCalls: 2,
        methods: {
          async nest(_call, depth: number): Promise<Value> {
            using own = await connect(clsid);
            try {
              return await own.call('nest', depth + 1);
            } catch (error) {
              assert.ok(error instanceof ComError);
              return `${error.code} at ${depth}`;
            }
          },
        },
      });
      await server.listen();
      await client.connect(clsid);
      assert.equal(await client.call('nest', 1), 'RPC_E_SERVERCALL_RETRYLATER at 2');
      await becomesIdle(server);
    });

    it('refuses the call of a ClientCall in finish(), after begin() has succeeded', async () => {
      const { server, arrivals, release } = holdingServer({ maxCalls: 1 });
      await using _server = server;
      await server.listen();
      await client.connect(server.clsid);
      await client.begin(1, 'hold');
      await arrivals.reached(1);
      using connection = await connect(server.clsid);
      using call = await connection.createCall();
      await call.begin('hold');
      await assert.rejects(call.finish(), { code: 'RPC_E_SERVERCALL_RETRYLATER' });
      release();
      assert.deepEqual(await client.ended(), { value: 'held' });
    });

    it('of 1 never refuses a client that makes its next call after its answer', async () => {
      await using server = createServer({
        clsid: newClsid(),
        maxCalls: 1,
        methods: { echo: (_call, value: Value) => value },
      });
      await server.listen();
      await client.connect(server.clsid);
      for (let count = 0; count < 500; ++count)
        assert.equal(await client.call('echo', count), count);
    });

    it('does not count a call that has its answer and whose handler still runs', async () => {
      const gate = new Latch();
      await using server = createServer({
        clsid: newClsid(),
        maxCalls: 1,
        methods: {
          async early(call) {
            await call.signal('early');
            await gate.opened('the end of the test');
          },
        },
      });
      await server.listen();
      await client.connect(server.clsid);
      for (let count = 1; count <= 5; ++count) {
        assert.equal(await client.call('early'), 'early');
        assert.equal(server.callsInProgress, count);
      }
      gate.open();
      await becomesIdle(server);
    });

    it('lets 100 calls be in progress by default', async () => {
      const { server, arrivals, release } = holdingServer({});
      await using _server = server;
      await server.listen();
      await client.connect(server.clsid);
      await client.begin(100, 'hold');
      await arrivals.reached(100);
      assert.equal(server.callsInProgress, 100);
      release();
      for (let count = 0; count < 100; ++count) {
        assert.deepEqual(await client.ended(), { value: 'held' });
      }
    });
  });

  describe('ServerOptions.holdBegin: false', () => {
    it('lets Begin_ return at once while the call continues', async () => {
      const seen: unknown[] = [];
      await using server = createServer({
        clsid: newClsid(),
        holdBegin: false,
        methods: {
          async late(call, value: Value) {
            const returned = await call.beginReturned();
            seen.push(returned.found?.state, (await call.attempt('ImpersonateClient')).code);
            return value;
          },
          throwing() {
            throw new Error('sorry');
          },
          rejecting: () => Promise.reject(new Error('sorry')),
        },
      });
      await server.listen();
      await client.connect(server.clsid);
      assert.equal(await client.call('late', 5), 5);
      assert.deepEqual(seen, ['absent', 'RPC_E_CALL_COMPLETE']);
      await assert.rejects(client.call('throwing'), { message: 'sorry', origin: 'handler' });
      await assert.rejects(client.call('rejecting'), { message: 'sorry', origin: 'handler' });
      await becomesIdle(server);
    });

    it('counts calls for maxCalls as usual', async () => {
      const { server, arrivals, release } = holdingServer({ holdBegin: false, maxCalls: 1 });
      await using _server = server;
      await server.listen();
      await client.connect(server.clsid);
      await client.begin(1, 'hold');
      await arrivals.reached(1);
      await assert.rejects(client.call('hold'), { code: 'RPC_E_SERVERCALL_RETRYLATER' });
      release();
      assert.deepEqual(await client.ended(), { value: 'held' });
    });
  });

  describe('Server.close()', () => {
    it('waits for calls in progress and refuses new calls meanwhile', async () => {
      const { server, arrivals, release } = holdingServer({});
      await server.listen();
      await client.connect(server.clsid);
      await client.begin(2, 'hold');
      await arrivals.reached(2);
      let closed = false;
      const closing = server.close({ timeout: 60_000 }).then(() => (closed = true));
      await assert.rejects(client.call('hold'), {
        name: 'ComError',
        code: 'CO_E_SERVER_STOPPING',
        origin: 'call',
      });
      assert.equal(closed, false);
      assert.equal(server.callsInProgress, 2);
      release();
      await closing;
      for (let count = 0; count < 2; ++count)
        assert.deepEqual(await client.ended(), { value: 'held' });
      assert.equal(server.callsInProgress, 0);
    });

    it('ends calls at the deadline with CO_E_SERVER_STOPPING', async () => {
      const { server, arrivals } = holdingServer({});
      await server.listen();
      await client.connect(server.clsid);
      await client.begin(3, 'hold');
      await arrivals.reached(3);
      const began = performance.now();
      await server.close({ timeout: 200 });
      const took = performance.now() - began;
      assert.ok(took >= 190 && took < 10_000, `it took ${took} ms`);
      for (let count = 0; count < 3; ++count) await endedWith('CO_E_SERVER_STOPPING');
      assert.equal(server.callsInProgress, 0);
    });

    it('ends calls at once with a timeout of 0', async () => {
      const { server, arrivals } = holdingServer({ holdBegin: false });
      await server.listen();
      await client.connect(server.clsid);
      await client.begin(1, 'hold');
      await arrivals.reached(1);
      await server.close({ timeout: 0 });
      await endedWith('CO_E_SERVER_STOPPING');
    });

    it('uses no timer with a timeout of Infinity, and ends the calls when called again with 0', async () => {
      const { server, arrivals } = holdingServer({});
      await server.listen();
      await client.connect(server.clsid);
      await client.begin(2, 'hold');
      await arrivals.reached(2);
      const before = timers();
      const closing = server.close({ timeout: Infinity });
      assert.equal(timers(), before);
      const later = server.close({ timeout: 3_000_000_000 });
      assert.equal(timers(), before + 1, 'control');
      await until(() => server.callsInProgress === 2, 'the calls are held still');
      const insisting = server.close({ timeout: 0 });
      for (let count = 0; count < 2; ++count) await endedWith('CO_E_SERVER_STOPPING');
      await Promise.all([closing, later, insisting]);
      assert.equal(timers(), before);
      await server.close({ timeout: 60_000 });
      assert.equal(timers(), before, 'it is closed');
    });

    it('keeps its deadline when called again with a longer timeout', async () => {
      const { server, arrivals } = holdingServer({});
      await server.listen();
      await client.connect(server.clsid);
      await client.begin(1, 'hold');
      await arrivals.reached(1);
      const began = performance.now();
      const closing = server.close({ timeout: 200 });
      await server.close({ timeout: 60_000 });
      const took = performance.now() - began;
      assert.ok(took >= 190 && took < 10_000, `it took ${took} ms`);
      await endedWith('CO_E_SERVER_STOPPING');
      await closing;
    });

    it('lets Begin_ return at the deadline for a call that was signalled before', async () => {
      const signalled = new Latch();
      await using server = createServer({
        clsid: newClsid(),
        methods: {
          async early(call) {
            await call.signal('early');
            signalled.open();
            await new Promise(() => undefined);
          },
        },
      });
      await server.listen();
      await client.connect(server.clsid);
      assert.equal(await client.call('early'), 'early');
      await signalled.opened('Signal');
      assert.equal(server.callsInProgress, 1);
      await server.close({ timeout: 0 });
      assert.equal(server.callsInProgress, 0);
    });

    it('lets a handler continue, and its later steps have no effect', async () => {
      const ended = new Latch();
      const done = new Latch<string[]>();
      await using server = createServer({
        clsid: newClsid(),
        methods: {
          async stubborn(call) {
            await ended.opened('the end of the call');
            const codes = [
              (await call.attempt('ImpersonateClient')).code,
              (await call.attempt('RevertToSelf')).code,
              (await call.attemptSignal('late')).code,
            ];
            call.returnFromBegin();
            done.open(codes);
            return 'late';
          },
        },
      });
      const called = new Promise((resolve) => server.once('call', resolve));
      await server.listen();
      await client.connect(server.clsid);
      await client.begin(1, 'stubborn');
      await called;
      await server.close({ timeout: 0 });
      await endedWith('CO_E_SERVER_STOPPING');
      ended.open();
      const codes = await done.opened('the handler');
      assert.deepEqual(codes, ['RPC_E_CALL_COMPLETE', 'RPC_E_CALL_COMPLETE', 'S_OK']);
    });

    it('revokes the class object and disconnects the clients', async () => {
      await using server = echoServer();
      await server.listen();
      await client.connect(server.clsid);
      assert.equal(await client.call('echo', 1), 1);
      await server.close();
      await assert.rejects(client.call('echo', 1), ({ code }: ComError) =>
        goneCodes.includes(code),
      );
      await assert.rejects(client.connect(server.clsid), { code: 'REGDB_E_CLASSNOTREG' });
    });

    it('can be called several times, also at the same time', async () => {
      await using server = echoServer();
      let closes = 0;
      server.on('close', () => ++closes);
      await server.listen();
      await Promise.all([server.close(), server.close(), server.close({ timeout: 0 })]);
      await server.close();
      assert.equal(closes, 1);
    });

    it('can be called without listen()', async () => {
      const server = echoServer();
      await server.close();
      await assert.rejects(server.listen(), { message: 'the server is closed already' });
    });

    it('can be called before listen() has resolved, and revokes the class object', async () => {
      for (let time = 0; time < 20; ++time) {
        const server = echoServer();
        const listening = server.listen();
        const refused = assert.rejects(listening, {
          message: 'the server was closed before it listened',
        });
        await server.close();
        await refused;
        await assert.rejects(connect(server.clsid), { code: 'REGDB_E_CLASSNOTREG' });
      }
    });

    it('is called by `await using`', async () => {
      let clsid: string;
      {
        await using server = await echoServer().listen();
        clsid = server.clsid;
        await client.connect(clsid);
        assert.equal(await client.call('echo', 1), 1);
      }
      await assert.rejects(client.connect(clsid), { code: 'REGDB_E_CLASSNOTREG' });
    });

    it('rejects a timeout that is not a time', async () => {
      await using server = await echoServer().listen();
      await client.connect(server.clsid);
      for (const timeout of [-1, NaN, '5', null, 5n] as unknown[]) {
        await assert.rejects(server.close({ timeout } as CloseOptions), {
          name: 'TypeError',
          message: /^options\.timeout must be/,
        });
      }
      for (const options of [1000, null, '0', true] as unknown[]) {
        await assert.rejects(server.close(options as CloseOptions), {
          name: 'TypeError',
          message: 'options must be an object',
        });
      }
      assert.equal(await client.call('echo', 1), 1, 'it still listens');
    });

    it('accepts any time, including Infinity', async () => {
      for (const timeout of [0, 0.5, 2 ** 40, Infinity]) {
        const server = await echoServer().listen();
        await server.close({ timeout });
      }
    });

    it('lets the server be garbage-collected', async () => {
      let collected = false;
      const registry = new FinalizationRegistry(() => (collected = true));
      const closeAndForget = async () => {
        const server = await echoServer().listen();
        registry.register(server, undefined);
        await server.close();
      };
      await closeAndForget();
      assert.ok(await collectGarbageUntil(() => collected));
    });
  });

  describe('Server.unref()', () => {
    it('lets the process end while the server listens', async () => {
      const clsid = newClsid();
      await using child = await Child.start('server', clsid);
      child.tell('abandon');
      const { code, milliseconds } = await child.exited();
      assert.equal(code, 0);
      assert.ok(milliseconds < 10_000, `it took ${milliseconds} ms`);
      await assert.rejects(connect(clsid), { code: 'REGDB_E_CLASSNOTREG' });
    });

    it('is undone by ref() (control)', async () => {
      const clsid = newClsid();
      await using child = await Child.start('server', clsid);
      using connection = await connect(clsid);
      child.tell('abandon', true);
      await connection.call('disconnected');
      for (let time = 0; time < 100; ++time) await connection.call('echo');
      assert.equal((await child.kill()).code, null);
    });

    it('does not let the server be garbage-collected while it listens', async () => {
      const listenAndForget = async () => {
        const { clsid } = await echoServer().unref().listen();
        return clsid;
      };
      const clsid = await listenAndForget();
      await client.connect(clsid);
      await collectGarbageUntil(() => false, 10);
      assert.equal(await client.call('echo', 1), 1);
    });

    for (const [before, during] of [
      ['ref', 'ref'],
      ['ref', 'unref'],
      ['unref', 'unref'],
      ['unref', 'ref'],
    ] as const) {
      it(`lets the process end after its held call, with ${before}() before close() and ${during}() during it`, async () => {
        const clsid = newClsid();
        await using child = await Child.start('ref-while-closing', clsid, before, during);
        using connection = await connect(clsid);
        await assert.rejects(connection.call('hold'), { code: 'CO_E_SERVER_STOPPING' });
        const { code, errors, milliseconds } = await child.exited();
        assert.equal(code, 0, errors);
        assert.ok(milliseconds < 10_000, `it took ${milliseconds} ms`);
      });
    }
  });
});

function becomesIdle(server: Server): Promise<void> {
  return until(() => server.callsInProgress === 0, 'no call is in progress');
}

/** The timers that keep this process alive. */
function timers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
}

/** Returns the messages of the exceptions that are uncaught while `body` runs. */
async function uncaughtIn(body: () => Promise<void>): Promise<string[]> {
  const messages: string[] = [];
  process.setUncaughtExceptionCaptureCallback(({ message }) => messages.push(message));
  try {
    await body();
    await setImmediate();
  } finally {
    process.setUncaughtExceptionCaptureCallback(null);
  }
  return messages;
}

function echoServer(): Server {
  return createServer({ clsid: newClsid(), methods: { echo: (_call, value: Value) => value } });
}

/** A server whose method `hold` waits for the test. With `lent` it first has a thread lent. */
function holdingServer(options: Partial<ServerOptions>, lent = false) {
  const held: (() => void)[] = [];
  const arrivals = new ArrivalCount();
  const server = createServer({
    clsid: newClsid(),
    methods: {
      async hold(call) {
        if (lent) await call.threadId();
        return new Promise<string>((resolve) => {
          held.push(() => {
            resolve('held');
          });
          arrivals.add();
        });
      },
    },
    ...options,
  });
  /** Lets the oldest calls return first. */
  const release = (most = Infinity) => {
    for (const resolve of held.splice(0, most)) resolve();
  };
  return { server, arrivals, release };
}

async function endedWith(code: string): Promise<void> {
  const ended = await client.ended();
  assert.ok('error' in ended, 'the call succeeded');
  assert.equal(ended.error.code, code);
  assert.equal(ended.error.origin, 'call');
}
