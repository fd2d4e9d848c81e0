import assert from 'node:assert/strict';
import { ComError, connect, createServer, type ServerCall, type Value } from 'async-com';

import { Connection } from '#lib/client/connection.js';

import { Child } from '../support/child.js';
import { newClsid } from '#lib/value/identifiers.js';
import { collectGarbageUntil } from '../support/garbage.js';
import { Latch } from '../support/latch.js';
import { testAddon } from '../support/test-addon.js';

describe('connect()', () => {
  it('rejects a name that is neither a CLSID nor a ProgID', async () => {
    const bad: unknown[] = [
      ...['', ' ', 'a b', '.a', 'a.', 'a..b', '1a', 'a-b', 'a'.repeat(40), 'Acme.Files\n'],
      ...['{}', '{7B0F7C7E-3F0B-4C55-8E2D-6C9B2B0B7E1}', '7B0F7C7E-3F0B-4C55-8E2D-6C9B2B0B7E11'],
      ...[' {7B0F7C7E-3F0B-4C55-8E2D-6C9B2B0B7E11}', '{7B0F7C7E-3F0B-4C55-8E2D-6C9B2B0B7E11}\0'],
      ...['{7B0F7C7E-3F0B-4C55-8E2D-6C9B2B0B7E1G}', undefined, null, 5, {}, [], Symbol('s')],
    ];
    for (const name of bad) {
      await assert.rejects(connect(name as string), {
        name: 'TypeError',
        message: /^name must be a CLSID in braces.*, or a ProgID/,
      });
    }
  });

  it('rejects with REGDB_E_CLASSNOTREG for a class that no server has', async () => {
    await assert.rejects(connect(newClsid()), {
      name: 'ComError',
      code: 'REGDB_E_CLASSNOTREG',
      hresult: 0x80040154,
      origin: 'call',
      message:
        /^cannot connect to \{.{36}\}: CoCreateInstance failed with REGDB_E_CLASSNOTREG \(0x80040154\): the class is not registered, and no server hosts it$/,
    });
  });

  it('rejects with CO_E_CLASSSTRING for a ProgID that is not registered', async () => {
    await assert.rejects(connect('AsyncCom.NoSuchClass'), {
      name: 'ComError',
      code: 'CO_E_CLASSSTRING',
      origin: 'call',
    });
  });

  it('accepts a CLSID in upper case and in lower case', async () => {
    const clsid = newClsid();
    await using _server = await Child.start('server', clsid.toUpperCase());
    using connection = await connect(clsid.toLowerCase());
    assert.deepEqual(await connection.call('echo', 1), [1]);
  });
});

describe('Connection', () => {
  const clsid = newClsid();
  let server: Child;
  let connection: Connection;

  before(async () => {
    server = await Child.start('server', clsid);
    connection = await connect(clsid);
  });

  after(async () => {
    connection.close();
    await server[Symbol.asyncDispose]();
  });

  it('calls a method in another process', async () => {
    assert.equal(await connection.call('pid'), server.pid);
    assert.notEqual(server.pid, process.pid);
  });

  describe('the method name of Connection.call()', () => {
    it('causes DISP_E_MEMBERNOTFOUND if the server has no such method', async () => {
      const names = [
        ...['nope', 'Echo', 'echo ', ' echo', 'echo\0', 'hasOwnProperty', 'length', 'methods'],
        ...['constructor', '__proto__', 'toString', 'valueOf', 'then', 'call', 'x'.repeat(100_000)],
      ];
      for (const name of names) {
        await assert.rejects(connection.call(name), {
          name: 'ComError',
          code: 'DISP_E_MEMBERNOTFOUND',
          origin: 'call',
          hresult: 0x80020003,
        });
      }
    });

    it('can be any string', async () => {
      assert.equal(await connection.call(''), 'the method without a name');
      assert.equal(await connection.call('with\0NUL'), 'the method with a NUL in its name');
    });

    it('must be a string', async () => {
      for (const method of [undefined, null, 5, {}, ['echo'], Symbol('s'), () => 'echo']) {
        await assert.rejects(connection.call(method as string), {
          name: 'TypeError',
          message: /^(method|options\.method) must be a string/,
        });
      }
    });
  });

  describe('a handler that fails', () => {
    const eFail = 0x80004005;
    const failures: readonly (readonly [kind: string, hresult: number, message: string])[] = [
      ['error', eFail, 'sorry'],
      ['comError', 0x80070002, 'no such file'],
      ['unsigned', 0x80040201, 'own'],
      ['signed', 0x80040201, 'own'],
      ['success', eFail, 'no failure'],
      ['text', eFail, 'only text'],
      ['plainObject', 0x80040202, 'in its own words'],
      ['undefined', eFail, 'undefined'],
      ['null', eFail, 'null'],
      ['symbol', eFail, 'Symbol(s)'],
      ['empty', eFail, ''],
      ['long', eFail, '☃'.repeat(100_000)],
      ['nul', eFail, 'a\0b'],
      ['noText', eFail, 'a value was thrown that cannot be converted to a string'],
      ['messageIsNoString', eFail, '5'],
      ['unreadable', eFail, 'a value was thrown that cannot be converted to a string'],
    ];
    for (const [kind, hresult, message] of failures) {
      it(`sends its HRESULT and message to the client when it throws or rejects: ${kind}`, async () => {
        const { code } = new ComError('', { hresult });
        const source = 'Test.Server';
        const expected = { name: 'ComError', hresult, code, message, source, origin: 'handler' };
        await assert.rejects(connection.call('throwing', kind), expected);
        await assert.rejects(connection.call('rejecting', kind), expected);
      });
    }

    it('causes an instance of ComError at the client', async () => {
      await assert.rejects(connection.call('throwing', 'error'), ComError);
    });

    it('does not affect later calls of the connection', async () => {
      assert.deepEqual(await connection.call('echo', 'still here'), ['still here']);
    });
  });

  it('makes 64 calls at once, whose results arrive in any order', async () => {
    const keys = Array.from({ length: 64 }, (_, key) => key);
    const order: Value[] = [];
    const calls = keys.map(async (key) => {
      const result = await connection.call('hold', key);
      order.push(result);
      return result;
    });
    for (const _ of keys) await server.next('held');
    assert.equal(order.length, 0, 'all are held');
    assert.equal(await server.ask('callsInProgress'), 64);

    // The odd keys come first, from the highest to the lowest.
    const released = [...keys.filter((key) => key % 2 === 1).reverse(), ...keys.filter(isEven)];
    for (const [index, key] of released.entries()) {
      await server.ask('release', key);
      await calls[key];
      assert.equal(order.at(-1), key);
      assert.equal(order.length, index + 1);
    }
    assert.deepEqual(await Promise.all(calls), keys);
  });

  it('does not block the JavaScript thread while a call is held', async () => {
    const call = connection.call('hold', 'free');
    await server.next('held');
    let ticks = 0;
    const timer = setInterval(() => {
      ++ticks;
    }, 1);
    while (ticks < 5) await new Promise((resolve) => setImmediate(resolve));
    clearInterval(timer);
    await server.ask('release', 'free');
    assert.equal(await call, 'free');
  });

  describe('Connection.close()', () => {
    it('lets calls in progress end, and makes later calls fail with CO_E_OBJNOTCONNECTED', async () => {
      const other = await connect(clsid);
      const call = other.call('hold', 'closing');
      await server.next('held');
      other.close();
      await assert.rejects(other.call('echo'), {
        name: 'ComError',
        code: 'CO_E_OBJNOTCONNECTED',
        origin: 'call',
      });
      await server.ask('release', 'closing');
      assert.equal(await call, 'closing');
    });

    it('can be called twice', async () => {
      const other = await connect(clsid);
      other.close();
      other.close();
      assert.deepEqual(await connection.call('echo', 1), [1], 'others go on');
    });

    it('is called by `using`', async () => {
      let other: Connection;
      {
        using scoped = await connect(clsid);
        other = scoped;
        assert.deepEqual(await scoped.call('echo'), []);
      }
      await assert.rejects(other.call('echo'), { code: 'CO_E_OBJNOTCONNECTED' });
    });
  });

  describe('a connection without references', () => {
    it('is garbage-collected when nobody has closed it', async () => {
      let collected = 0;
      const registry = new FinalizationRegistry(() => ++collected);
      const connectAndForget = async () => {
        const forgotten = await connect(clsid);
        await forgotten.call('echo');
        registry.register(forgotten, undefined);
      };
      const count = 20;
      await Promise.all(Array.from({ length: count }, connectAndForget));
      assert.ok(await collectGarbageUntil(() => collected === count), `${collected} were`);
      assert.deepEqual(await connection.call('echo', 1), [1]);
    });

    it('does not end a call in progress', async () => {
      let collected = false;
      const registry = new FinalizationRegistry(() => (collected = true));
      const callAndForget = async () => {
        const forgotten = await connect(clsid);
        registry.register(forgotten, undefined);
        return { call: forgotten.call('hold', 'garbage') };
      };
      const { call } = await callAndForget();
      await server.next('held');
      await collectGarbageUntil(() => collected);
      await server.ask('release', 'garbage');
      assert.equal(await call, 'garbage');
    });
  });
});

describe('a connection whose server has died', () => {
  it('fails pending calls with RPC_S_CALL_FAILED and later calls with RPC_S_SERVER_UNAVAILABLE', async () => {
    const clsid = newClsid();
    await using server = await Child.start('server', clsid);
    using connection = await connect(clsid);
    const pending = [1, 2, 3].map((key) => connection.call('hold', key));
    const ended = Promise.allSettled(pending);
    for (const _ of pending) await server.next('held');
    await server.kill();
    for (const settled of await ended) {
      assert.equal(settled.status, 'rejected');
      assert.ok(settled.reason instanceof ComError);
      assert.equal(settled.reason.code, 'RPC_S_CALL_FAILED');
      assert.equal(settled.reason.origin, 'call');
    }
    await assert.rejects(connection.call('echo'), {
      name: 'ComError',
      code: 'RPC_S_SERVER_UNAVAILABLE',
      origin: 'call',
    });
  });

  it('fails later calls with RPC_S_SERVER_UNAVAILABLE also after many calls at once', async () => {
    const clsid = newClsid();
    await using server = await Child.start('server', clsid);
    using connection = await connect(clsid);
    const keys = [1, 2, 3, 4, 5, 6];
    const calls = keys.map((key) => connection.call('hold', key));
    for (const _ of keys) await server.next('held');
    for (const key of keys) await server.ask('release', key);
    await Promise.all(calls);
    await server.kill();
    for (let time = 0; time < 10; ++time) {
      await assert.rejects(connection.call('echo'), { code: 'RPC_S_SERVER_UNAVAILABLE' });
    }
  });
});

describe('a connection whose proxy has ICallFactory', () => {
  const all = { asynchronous: true, synchronize: true, cancel: true };
  const answers = async (has: typeof all): Promise<Value[]> => {
    using connection = new Connection(testAddon.connectToFactory(has));
    using call = await connection.createCall();
    await call.begin('any');
    await call.wait();
    return [await connection.call('any'), await call.finish()];
  };

  it('calls asynchronously if the call objects are like those of COM', async () => {
    assert.deepEqual(await answers(all), ['asynchronous', 'asynchronous']);
  });

  for (const lacks of ['asynchronous', 'synchronize', 'cancel'] as const) {
    it(`calls synchronously if they lack one of their interfaces: ${lacks}`, async () => {
      for (const answer of await answers({ ...all, [lacks]: false })) {
        assert.match(answer as string, /"authnLevel"/);
      }
    });
  }
});

describe('a connection within one process', () => {
  it('returns results and errors like any other connection', async () => {
    const clsid = newClsid();
    await using server = createServer({ clsid, methods: { echo: (_call, value: Value) => value } });
    await server.listen();
    using connection = await connect(clsid);
    assert.equal(await connection.call('echo', 'here'), 'here');
    await assert.rejects(connection.call('nope'), { code: 'DISP_E_MEMBERNOTFOUND' });
  });

  it('rejects a blanket because it has no proxy', async () => {
    const clsid = newClsid();
    await using server = createServer({ clsid, methods: { echo: (_call, value: Value) => value } });
    await server.listen();
    using connection = await connect(clsid);
    const blanket = { authnLevel: 'pkt-privacy' } as const;
    await assert.rejects(connection.call({ method: 'echo', blanket }, 1), {
      name: 'ComError',
      code: 'E_NOINTERFACE',
      origin: 'call',
    });
    assert.equal(await connection.call('echo', 'still here'), 'still here');
  });

  it('creates call objects like any other connection', async () => {
    const clsid = newClsid();
    const gate = new Latch();
    const held = async (call: ServerCall) => {
      await gate.opened('the gate');
      return call.cancelled.aborted;
    };
    await using server = createServer({
      clsid,
      methods: { echo: (_call, value: Value) => value, held },
    });
    await server.listen();
    using connection = await connect(clsid);
    using call = await connection.createCall();
    await call.begin('held');
    assert.equal(await call.wait(0), false);
    assert.equal(await call.cancel(), true);
    await assert.rejects(call.finish(), { code: 'RPC_E_CALL_CANCELED' });
    gate.open();
    await call.begin('echo', 'again');
    assert.equal(await call.finish(), 'again');
  });
});

function isEven(number: number): boolean {
  return number % 2 === 0;
}
