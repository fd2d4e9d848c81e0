import assert from 'node:assert/strict';

import {
  automation,
  comObject,
  ComError,
  connect,
  createServer,
  method,
  property,
  RemoteObject,
  type ServerCall,
  t,
} from 'async-com';

import { newClsid } from '#lib/value/identifiers.js';

import { RemoteClient } from '../support/client.js';
import { until } from '../support/until.js';

// Classes and typed members, as clients of IMethodCall use them. test/interop/automation-*.test.ts
// has the automation clients.

class Account implements Disposable {
  static readonly [automation] = {
    members: {
      deposit: method({ params: { amount: t.currency, note: t.optional(t.string, 'none') } }),
      balance: property({ type: t.currency }),
      scale: method({ params: { by: t.int16 }, returns: t.int16 }),
    },
  };
  static disposed: Account[] = [];
  static running = 0;
  #cents = 0n;
  notes: unknown[] = [];

  deposit(_: ServerCall, { amount, note }: { amount: string; note: string }): void {
    this.notes.push(amount, note);
    this.#cents += BigInt(Math.round(Number(amount) * 100));
  }
  scale(_: ServerCall, { by }: { by: number }): number {
    return by * 1000;
  }
  get balance(): string {
    return (Number(this.#cents) / 100).toFixed(2);
  }
  async lasting(call: ServerCall): Promise<void> {
    ++Account.running;
    await new Promise((_resolve, reject) => {
      call.cancelled.addEventListener('abort', () => {
        reject(call.cancelled.reason as Error);
      });
    }).catch(() => undefined);
    --Account.running;
  }
  me(): unknown {
    return comObject(this);
  }
  [Symbol.dispose](): void {
    assert.equal(Account.running, 0);
    Account.disposed.push(this);
  }
}

describe('a class as a server', () => {
  it('has an object for each connection, and disposes of it when the last client is gone', async () => {
    Account.disposed = [];
    const clsid = newClsid();
    await using server = createServer({ clsid, class: Account });
    await server.listen();
    await using client = await RemoteClient.start();
    await client.connect(clsid);
    await client.call('deposit', 12.5);
    using connection = await connect(clsid);
    assert.equal(await connection.get('balance'), 0);
    await connection.call('deposit', t.currency.of('0.25'), 'a note');
    assert.equal(await connection.get('balance'), 0.25);
    assert.equal(await client.call('get_balance'), 12.5);
    connection.close();
    await until(() => Account.disposed.length === 1, 'the object of the connection is disposed of');
    assert.deepEqual(Account.disposed[0]?.notes, ['0.25', 'a note']);
    await server.close();
    assert.equal(Account.disposed.length, 2, 'closing disposes of the others');
  });

  it('checks arguments and results by their types', async () => {
    const clsid = newClsid();
    await using server = createServer({ clsid, class: Account });
    await server.listen();
    using connection = await connect(clsid);
    await assert.rejects(connection.call('deposit', 'much'), {
      code: 'DISP_E_TYPEMISMATCH',
      message: /^arguments\[0\] cannot be converted to VT_CY$/,
    });
    await assert.rejects(connection.call('deposit'), { code: 'DISP_E_PARAMNOTOPTIONAL' });
    await assert.rejects(connection.call('deposit', 1, 'a', 2), { code: 'DISP_E_BADPARAMCOUNT' });
    await assert.rejects(connection.call('scale', 70_000), { code: 'DISP_E_OVERFLOW' });
    assert.equal(await connection.call('scale', '7'), 7000);
    await assert.rejects(connection.call('scale', 33), {
      code: 'DISP_E_TYPEMISMATCH',
      message: /^the result /,
    });
    await assert.rejects(connection.set('balance', 1), { code: 'DISP_E_MEMBERNOTFOUND' });
  });

  it('keeps an object until its handlers have settled', async () => {
    Account.disposed = [];
    const clsid = newClsid();
    await using server = createServer({ clsid, class: Account });
    await server.listen();
    using connection = await connect(clsid);
    const cancel = new AbortController();
    const lasting = connection.call({ method: 'lasting', signal: cancel.signal });
    await until(() => Account.running === 1, 'the handler runs');
    connection.close();
    assert.equal(Account.disposed.length, 0);
    cancel.abort();
    await assert.rejects(lasting, { code: 'RPC_E_CALL_CANCELED' });
    await until(() => Account.disposed.length === 1, 'the object is disposed of');
  });

  it('can make its objects by a function, and refuse to', async () => {
    const clsid = newClsid();
    const only = new Account();
    let refuse = false;
    await using server = createServer({
      clsid,
      class: Account,
      create(call) {
        assert.equal(call.args.length, 0);
        if (refuse) throw new ComError('not now', { hresult: 0x80070005 });
        return only;
      },
    });
    await server.listen();
    Account.disposed = [];
    using one = await connect(clsid);
    using two = await connect(clsid);
    await one.call('deposit', 1);
    assert.equal(await two.get('balance'), 1);
    one.close();
    assert.equal(await two.get('balance'), 1);
    refuse = true;
    await assert.rejects(connect(clsid), { code: 'E_ACCESSDENIED' });
    assert.equal(Account.disposed.length, 0, 'a client still has it');
    two.close();
    await until(() => Account.disposed.length === 1, 'the object is disposed of');
  });

  it('keeps hidden what its base class hides', async () => {
    class Base {
      static readonly [automation] = {
        defaultMember: 'open',
        members: { secret: false, open: method({ returns: t.string }) } as const,
      };
      secret(): string {
        return 'secret';
      }
      open(): string {
        return 'open';
      }
    }
    class Derived extends Base {
      static override readonly [automation] = { members: {} } as never;
      more(): string {
        return 'more';
      }
    }
    const clsid = newClsid();
    await using server = createServer({ clsid, class: Derived });
    assert.deepEqual(
      server.description.members.map(({ name, dispid }) => [name, dispid]),
      [
        ['open', 0],
        ['more', 1],
      ],
    );
    await server.listen();
    using connection = await connect(clsid);
    await assert.rejects(connection.call('secret'), { code: 'DISP_E_MEMBERNOTFOUND' });
    assert.equal(await connection.call('open'), 'open');
  });

  it('sends itself, as the same COM object', async () => {
    const clsid = newClsid();
    await using server = createServer({ clsid, class: Account });
    await server.listen();
    using connection = await connect(clsid);
    const me = await connection.call('me');
    assert.ok(me instanceof RemoteObject);
    await connection.call('deposit', 3);
    assert.equal(await me.get('balance'), 3);
    me.release();
  });

  it('tells of a dispose method that throws', async () => {
    class Failing {
      ping(): string {
        return 'pong';
      }
      [Symbol.dispose](): void {
        throw new Error('cannot be disposed of');
      }
    }
    const clsid = newClsid();
    await using server = createServer({ clsid, class: Failing });
    const errors: unknown[] = [];
    server.on('disposeError', (error, object) => errors.push(error, object instanceof Failing));
    await server.listen();
    (await connect(clsid)).close();
    await until(() => errors.length > 0, 'disposeError is emitted');
    assert.match(String(errors[0]), /cannot be disposed of/);
    assert.equal(errors[1], true);
  });
});

describe('the options of a class', () => {
  const wrong: readonly (readonly [options: object, message: RegExp])[] = [
    [{ class: Account, methods: {} }, /^options\.class cannot be given together with methods/],
    [{ class: {} }, /^options\.class must be a class/],
    [
      {
        class: class {
          count = 0;
        },
      },
      /^options\.class has no method and no accessor/,
    ],
    [{ create: () => ({}) }, /^options\.create needs options\.class/],
    [{ class: Account, create: 1 }, /^options\.create must be a function/],
    [{ methods: { a: method({}) } }, /^options\.methods\.a must be a function, or method\(\)/],
    [{ properties: { a: 1 } }, /^options\.properties\.a must be made by property\(\)/],
    [{ properties: { a: property({}) } }, /^options\.properties\.a has neither get nor set/],
    [{ methods: { a: () => 1 }, defaultMember: 'b' }, /^defaultMember must name a member/],
    [
      { methods: { a: method({ dispid: 7 }, () => undefined) }, defaultMember: 'a' },
      /^the member a is the default member, so its dispid is 0/,
    ],
    [
      { methods: { a: method({ dispid: -1 }, () => undefined) } },
      /^the dispid of the member a must be a whole number/,
    ],
    [
      {
        methods: {
          a: method({ dispid: 3 }, () => undefined),
          b: method({ dispid: 3 }, () => undefined),
        },
      },
      /^the members a and b have the same dispid, 3/,
    ],
    [
      { methods: { a: method({ params: { 'x y': t.string } }, () => undefined) } },
      /the name of a parameter must be an identifier/,
    ],
    [
      {
        methods: {
          a: method({ params: { x: t.optional(t.string), y: t.string } }, () => undefined),
        },
      },
      /params\.y follows an optional one/,
    ],
  ];
  for (const [options, message] of wrong) {
    it(`are refused: ${message.source}`, () => {
      assert.throws(() => createServer({ clsid: newClsid(), ...options }), {
        name: 'TypeError',
        message,
      });
    });
  }

  it('name the member that a class does not have', () => {
    class Wrong {
      static [automation] = { members: { missing: method({}) } };
      present(): void {
        // It is here.
      }
    }
    assert.throws(() => createServer({ clsid: newClsid(), class: Wrong }), {
      message: /^\[automation\]\.members\.missing: the class has no such/,
    });
  });
});
