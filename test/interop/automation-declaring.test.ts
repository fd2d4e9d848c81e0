import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import {
  automation,
  ComError,
  createServer,
  method,
  property,
  type ServerCall,
  type ServerOptions,
  t,
} from 'async-com';

import { newClsid } from '#lib/value/identifiers.js';

import { AutomationClient, dispids, flags } from '../support/automation-client.js';
import { Latch } from '../support/latch.js';
import { ProgramFailure } from '../support/program.js';
import { until } from '../support/until.js';
import { wordsOf } from '../support/variant-words.js';

// What a server declares, as a C++ client of IDispatch finds it.

const ok = '00000000';
const unknownName = '80020006';
const text = (value: string): string => wordsOf(value);

/** Calls a member by its name. */
async function call(client: AutomationClient, name: string, ...args: string[]): Promise<string> {
  const { hresult, ids } = await client.names(0, name);
  assert.equal(hresult, ok, name);
  const invoked = await client.invoke(ids[0] ?? dispids.unknown, [...args].reverse(), {
    flags: flags.method | flags.get,
  });
  assert.equal(invoked.hresult, ok, `${name}: ${JSON.stringify(invoked)}`);
  return invoked.result;
}

async function failureOf(clsid: string): Promise<number> {
  try {
    const client = await AutomationClient.start(clsid);
    await client[Symbol.asyncDispose]();
    return 0;
  } catch (error) {
    assert.ok(error instanceof ProgramFailure, String(error));
    return error.hresult;
  }
}

function listening(options: Omit<ServerOptions, 'clsid'>) {
  return createServer({ clsid: newClsid(), ...options }).listen();
}

function fail(): never {
  throw new ComError('not now', { hresult: 0x80070005 });
}

class Named {
  static made = 0;
  static disposed: Named[] = [];
  readonly number = ++Named.made;
  name = 'a field';
  static help(): void {
    // Of the class, not of its objects.
  }
  #hidden(): string {
    return 'hidden';
  }
  ['with space'](): string {
    return this.#hidden();
  }
  me(): number {
    return this.number;
  }
  [Symbol.for('symbol')](): void {
    // Not for clients.
  }
  [Symbol.dispose](): void {
    Named.disposed.push(this);
  }
}

describe('a server declares', function () {
  this.timeout(60_000);

  it('plain functions, which get the call first', async () => {
    await using server = await listening({
      methods: {
        add: (_, a: number, b: number) => a + b,
        about: (one: ServerCall, ...args) => [one.method, one.path, args.length].join(' '),
      },
    });
    await using client = await AutomationClient.start(server.clsid);
    assert.equal((await client.invoke(1, ['i4:2', 'i4:3'])).result, 'i4:5');
    assert.equal((await client.invoke(2, ['i4:2', 'i4:3'])).result, text('about bridge 2'));
  });

  it('a class, of which each client that creates one has an object', async () => {
    const before = Named.made;
    await using server = await listening({ class: Named });
    assert.equal(Named.made, before);
    await using one = await AutomationClient.start(server.clsid);
    assert.equal(Named.made, before + 1);
    await using other = await AutomationClient.start(server.clsid);
    assert.equal(Named.made, before + 2);
    assert.equal(await call(one, 'me'), `i4:${String(before + 1)}`);
    assert.equal(await call(other, 'me'), `i4:${String(before + 2)}`);
  });

  it('a class whose constructor can fail, and the client gets the error', async () => {
    await using server = await listening({
      class: class {
        readonly number = fail();
        me(): number {
          return this.number;
        }
      },
    });
    assert.equal(await failureOf(server.clsid), 0x80070005);
  });

  it('a function that makes the objects', async () => {
    const calls: string[] = [];
    await using server = await listening({
      class: Named,
      async create(one) {
        calls.push((await one.client).client === null ? 'nobody' : 'somebody');
        return Object.assign(new Named(), { number: 77 });
      },
    });
    await using client = await AutomationClient.start(server.clsid);
    assert.equal(await call(client, 'me'), 'i4:77');
    assert.equal(calls.length, 1);
  });

  it('one object for all clients, which is disposed of after the last', async () => {
    const only = new Named();
    await using server = await listening({ class: Named, create: () => only });
    const one = await AutomationClient.start(server.clsid);
    const other = await AutomationClient.start(server.clsid);
    assert.equal(await call(one, 'me'), await call(other, 'me'));
    await one[Symbol.asyncDispose]();
    assert.equal(await call(other, 'me'), `i4:${String(only.number)}`);
    assert.ok(!Named.disposed.includes(only));
    await other[Symbol.asyncDispose]();
    await until(() => Named.disposed.includes(only), 'the object is disposed of');
    assert.equal(Named.disposed.filter((object) => object === only).length, 1);
  });

  it('a function that can fail, or make no object', async () => {
    let made: unknown;
    await using server = await listening({
      class: Named,
      create: () => {
        if (made instanceof Error) throw made;
        return made as object;
      },
    });
    made = new ComError('busy', { hresult: 0x80070005 });
    assert.equal(await failureOf(server.clsid), 0x80070005);
    made = 5;
    assert.equal(await failureOf(server.clsid), 0x80004005);
    made = new Named();
    assert.equal(await failureOf(server.clsid), 0);
  });

  it('asyncDispose, which is called when the last reference has gone, and awaited by close()', async () => {
    const steps: string[] = [];
    const mayEnd = new Latch();
    const server = await listening({
      class: class {
        ping(): string {
          return 'pong';
        }
        async [Symbol.asyncDispose](): Promise<void> {
          steps.push('begun');
          await mayEnd.opened('the end');
          steps.push('ended');
        }
        [Symbol.dispose](): void {
          steps.push('the other');
        }
      },
    });
    const client = await AutomationClient.start(server.clsid);
    assert.equal(steps.length, 0);
    await client[Symbol.asyncDispose]();
    await until(() => steps.length > 0, 'the object is being disposed of');
    const closed = server.close().then(() => {
      steps.push('closed');
    });
    mayEnd.open();
    await closed;
    assert.deepEqual(steps, ['begun', 'ended', 'closed']);
  });

  it('dispose, which close() calls for an object that a client still has', async () => {
    const server = await listening({ class: Named });
    await using client = await AutomationClient.start(server.clsid);
    const number = Number((await call(client, 'me')).slice(3));
    await server.close();
    assert.ok(Named.disposed.some((object) => object.number === number));
  });

  it('a dispose method that can fail, and the server says so', async () => {
    const error = new Error('cannot');
    await using server = await listening({
      class: class {
        ping(): string {
          return 'pong';
        }
        [Symbol.dispose](): void {
          throw error;
        }
      },
    });
    const errors: unknown[] = [];
    server.on('disposeError', (one) => {
      errors.push(one);
    });
    const client = await AutomationClient.start(server.clsid);
    await client[Symbol.asyncDispose]();
    await until(() => errors.length > 0, 'the error is reported');
    assert.deepEqual(errors, [error]);
  });

  it('accessors, which are read and written', async () => {
    await using server = await listening({
      class: class {
        #value: unknown = 1;
        get value() {
          return this.#value;
        }
        set value(value) {
          this.#value = value;
        }
      },
    });
    await using client = await AutomationClient.start(server.clsid);
    const put = { flags: flags.put, named: [dispids.propertyPut] };
    assert.equal((await client.invoke(1, [text('two')], put)).hresult, ok);
    assert.equal((await client.invoke(1, [], { flags: flags.get })).result, text('two'));
  });

  it('a default member, of functions and of a class', async () => {
    await using functions = await listening({
      defaultMember: 'second',
      methods: { first: () => 'first', second: () => 'second' },
    });
    await using client = await AutomationClient.start(functions.clsid);
    assert.equal((await client.invoke(dispids.value)).result, text('second'));
    await using ofClass = await listening({
      class: class {
        static [automation] = { defaultMember: 'what' };
        what(): string {
          return 'of a class';
        }
      },
    });
    await using other = await AutomationClient.start(ofClass.clsid);
    assert.equal((await other.invoke(dispids.value)).result, text('of a class'));
  });

  it('an iterator, which is _NewEnum, and none where there is none', async () => {
    await using server = await listening({
      class: class {
        async *[Symbol.asyncIterator]() {
          yield await Promise.resolve('by and by');
        }
      },
    });
    await using client = await AutomationClient.start(server.clsid);
    assert.deepEqual(await client.names(0, '_NewEnum'), { hresult: ok, ids: [dispids.newEnum] });
    const { result } = await client.invoke(dispids.newEnum, [], { flags: flags.get });
    const e = await client.object('enumerator', AutomationClient.numberOf(result));
    assert.equal((await client.ask('next', e, 1))['values'], text('by and by'));

    await using without = await listening({ class: Named });
    await using other = await AutomationClient.start(without.clsid);
    assert.equal((await other.names(0, '_NewEnum')).hresult, unknownName);
    assert.equal((await other.invoke(dispids.newEnum)).hresult, '80020003');
  });

  it('several classes in one process', async () => {
    class Other {
      which(): string {
        return 'other';
      }
    }
    await using one = await listening({ class: Named });
    await using other = await listening({ class: Other });
    assert.notEqual(one.description.iid, other.description.iid);
    await using client = await AutomationClient.start(one.clsid);
    await using second = await AutomationClient.start(other.clsid);
    assert.match(await call(client, 'me'), /^i4:/);
    assert.equal(await call(second, 'which'), text('other'));
    assert.equal((await client.names(0, 'which')).hresult, unknownName);
  });

  it('nothing that is private, a symbol, a field, static or of every object', async () => {
    await using server = await listening({ class: Named });
    await using client = await AutomationClient.start(server.clsid);
    const names = ['#hidden', 'hidden', 'symbol', 'Symbol(symbol)', 'name', 'number', 'help'];
    const ofObjects = ['constructor', 'toString', 'hasOwnProperty', 'valueOf', '__proto__'];
    for (const name of [...names, ...ofObjects, 'made', 'prototype']) {
      assert.equal((await client.names(0, name)).hresult, unknownName, name);
    }
    assert.deepEqual(
      server.description.members.map(({ name }) => name),
      ['with space', 'me'],
    );
  });

  it('the members of its base classes, and not those of classes of Node.js', async () => {
    class Base extends EventTarget {
      one(): string {
        return 'one';
      }
      two(): string {
        return 'two';
      }
    }
    await using server = await listening({
      class: class extends Base {
        override two(): string {
          return `${super.two()} again`;
        }
      },
    });
    await using client = await AutomationClient.start(server.clsid);
    assert.equal(await call(client, 'one'), text('one'));
    assert.equal(await call(client, 'two'), text('two again'));
    assert.equal((await client.names(0, 'addEventListener')).hresult, unknownName);
  });

  it('types of its members', async () => {
    await using server = await listening({
      methods: {
        half: method({ params: { n: t.int32 }, returns: t.float64 }, (_, { n }) => n / 2),
        wrong: method({ returns: t.int32 }, () => 'no number' as never),
      },
      properties: { small: property({ type: t.int16, get: () => 70_000 }) },
    });
    await using client = await AutomationClient.start(server.clsid);
    assert.equal((await client.invoke(1, [text('3')])).result, 'r8:3FF8000000000000');
    const wrong = await client.invoke(2);
    assert.deepEqual([wrong.hresult, wrong.scode], ['80020009', '80020005']);
    const small = await client.invoke(3, [], { flags: flags.get });
    assert.deepEqual([small.hresult, small.scode], ['80020009', '80020005']);
  });

  it('numbers that are the same in each process, and those that it pins', async () => {
    const source = `
      const { automation, createServer, method } = await import('${import.meta.resolve('async-com')}');
      class Numbered {
        static [automation] = {
          defaultMember: 'fourth',
          members: { second: method({ dispid: 1 }), third: method({ dispid: 500 }) },
        };
        first() {}
        second() {}
        third() {}
        fourth() {}
        get fifth() { return 5; }
        *[Symbol.iterator]() {}
      }
      const server = createServer({ clsid: '{8A54D2A8-55CF-4B3C-A4F6-6B1C2B0C7A10}', class: Numbered });
      console.log(JSON.stringify(server.description));`;
    const run = async (): Promise<unknown> => {
      const { stdout } = await promisify(execFile)(process.execPath, [
        '--input-type=module',
        '--eval',
        source,
      ]);
      return JSON.parse(stdout);
    };
    const described = (await run()) as {
      iid: string;
      members: { name: string; dispid: number }[];
    };
    assert.deepEqual(await run(), described);
    assert.deepEqual(
      described.members.map(({ name, dispid }) => [name, dispid]),
      [
        ['first', 2],
        ['second', 1],
        ['third', 500],
        ['fourth', 0],
        ['fifth', 3],
        ['_NewEnum', -4],
      ],
    );
  });

  it('a bound, past which an automation call gets RPC_E_SERVERCALL_RETRYLATER', async () => {
    const mayEnd = new Latch<string>();
    let holding = false;
    await using server = await listening({
      maxCalls: 1,
      methods: {
        hold: () => {
          holding = true;
          return mayEnd.opened('the end');
        },
        count: (_, ...args) => args.length,
      },
    });
    await using one = await AutomationClient.start(server.clsid);
    await using other = await AutomationClient.start(server.clsid);
    const held = one.invoke(1);
    await until(() => holding, 'the call is held');
    assert.equal((await other.invoke(2)).hresult, '8001010A');
    mayEnd.open('held');
    assert.equal((await held).result, text('held'));
    assert.equal((await other.invoke(2, ['i4:1'])).result, 'i4:1');
  });
});
