import assert from 'node:assert/strict';
import { connect, RemoteObject, t, type Value } from 'async-com';
import { Connection } from '#lib/client/connection.js';
import { native } from '#lib/native/addon.js';

import { Child } from '../support/child.js';
import { newClsid } from '#lib/value/identifiers.js';
import { skip } from '../support/skip.js';
import { testAddon } from '../support/test-addon.js';
import { inWords } from '../support/value-in-words.js';
import { randomNumbers } from '../support/random.js';
import { until } from '../support/until.js';

const megabyte = 2 ** 20;
const firstDate = Date.parse('0100-01-01T00:00:00Z');
const lastDate = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * Limits and special cases of each row in docs/values.md. The same value arrives unless the row
 * has a third element.
 */
const rows: Record<string, readonly (readonly [name: string, sent: Value, arrives?: Value])[]> = {
  'undefined and null': [
    ['undefined', undefined],
    ['null', null],
  ],
  booleans: [
    ['true', true],
    ['false', false],
  ],
  numbers: [
    ['0', 0],
    ['-0', -0],
    ['1', 1],
    ['-1', -1],
    ['the greatest int32', 2 ** 31 - 1],
    ['the smallest int32', -(2 ** 31)],
    ['one above the greatest int32', 2 ** 31],
    ['one below the smallest int32', -(2 ** 31) - 1],
    ['the greatest uint32', 2 ** 32 - 1],
    ['2 ** 53', 2 ** 53],
    ['-(2 ** 53)', -(2 ** 53)],
    ['0.1', 0.1],
    ['-0.5', -0.5],
    ['the greatest number', Number.MAX_VALUE],
    ['the smallest number above 0', Number.MIN_VALUE],
    ['Infinity', Infinity],
    ['-Infinity', -Infinity],
    ['NaN', NaN],
  ],
  bigints: [
    ['0n', 0n],
    ['1n', 1n],
    ['-1n', -1n],
    ['2n ** 63n - 1n', 2n ** 63n - 1n],
    ['2n ** 63n', 2n ** 63n],
    ['2n ** 64n - 1n', 2n ** 64n - 1n],
    ['-(2n ** 63n)', -(2n ** 63n)],
  ],
  strings: [
    ['empty', ''],
    ['ASCII', 'hello'],
    ['not only ASCII', 'héé ☃ 𝒳'],
    ['with NUL inside', 'a\0b\0'],
    ['only NUL', '\0'],
    ['a lone high surrogate', '\ud800'],
    ['a lone low surrogate', 'x\udc00y'],
    ['surrogates in the wrong order', '\udc00\ud800'],
    ['a byte order mark', '\ufeffx'],
    ['16 MB', 'ab☃d'.repeat(megabyte * 2)],
  ],
  Dates: [
    ['1970-01-01', new Date(0)],
    ['one millisecond before 1970-01-01', new Date(-1)],
    ['VT_DATE 0', new Date('1899-12-30T00:00:00Z')],
    ['one millisecond after VT_DATE 0', new Date('1899-12-30T00:00:00.001Z')],
    ['one millisecond before VT_DATE 0', new Date('1899-12-29T23:59:59.999Z')],
    ['a quarter of a day before VT_DATE 0', new Date('1899-12-29T18:00:00Z')],
    ['one day before VT_DATE 0', new Date('1899-12-29T00:00:00Z')],
    ['almost two days before VT_DATE 0', new Date('1899-12-28T00:00:00.001Z')],
    ['1812', new Date('1812-06-24T04:05:06.789Z')],
    ['the first one of VT_DATE', new Date(firstDate)],
    ['the end of the first day of VT_DATE', new Date('0100-01-01T23:59:59.999Z')],
    ['the last one of VT_DATE', new Date(lastDate)],
    ['a leap day', new Date('2024-02-29T12:34:56.789Z')],
  ],
  bytes: [
    ['no byte', Buffer.alloc(0)],
    ['one byte', Buffer.from([255])],
    ['every byte', Buffer.from(Array.from({ length: 256 }, (_, byte) => byte))],
    ['16 MB', Buffer.alloc(16 * megabyte, 'async-com')],
    ['a Uint8Array', new Uint8Array([1, 2, 3]), Buffer.from([1, 2, 3])],
    ['a part of a Uint8Array', new Uint8Array([1, 2, 3, 4, 5]).subarray(2, 4), Buffer.from([3, 4])],
    ['a part of a Buffer', Buffer.from('0123456789').subarray(3, 7)],
    ['shared memory', new Uint8Array(new SharedArrayBuffer(8), 4, 2).fill(7), Buffer.from([7, 7])],
  ],
  'typed arrays': [
    ['Int8Array', new Int8Array([-128, 127])],
    ['Int16Array', new Int16Array([-32768, 32767])],
    ['Uint16Array', new Uint16Array([0, 65535])],
    ['Int32Array', new Int32Array([-(2 ** 31), 2 ** 31 - 1])],
    ['Uint32Array', new Uint32Array([0, 2 ** 32 - 1])],
    ['BigInt64Array', new BigInt64Array([-(2n ** 63n), 2n ** 63n - 1n])],
    ['BigUint64Array', new BigUint64Array([0n, 2n ** 64n - 1n])],
    ['Float32Array', new Float32Array([0.1, -0, NaN, Infinity, 3.4e38])],
    ['Float64Array', new Float64Array([0.1, -0, NaN, -Infinity, Number.MIN_VALUE])],
    ['empty ones', [new Int8Array(), new Uint32Array(), new BigInt64Array(), new Float64Array()]],
    [
      'a part of an Int16Array',
      new Int16Array([1, 2, 3, 4]).subarray(1, 3),
      new Int16Array([2, 3]),
    ],
    ['shared memory', new Float64Array(new SharedArrayBuffer(24), 8, 2).fill(1.5), filled(2, 1.5)],
    ['16 MB', new Float64Array(2 * megabyte).fill(0.1)],
  ],
  objects: [
    ['empty', {}],
    ['one of each kind', { a: undefined, b: null, c: [1], d: { e: {} }, f: new Map(), g: -0 }],
    ['with keys of any text', { '': 1, ' ': 2, 'a\0b': 3, '\ud800': 4, 1: 5, '☃': 6, a: 7, A: 8 }],
    ['with a key __proto__', JSON.parse('{"__proto__":{"x":1},"constructor":2}') as Value],
    ['without a prototype', Object.assign(Object.create(null) as object, { a: 1 }), { a: 1 }],
    [
      'with a getter',
      {
        get a() {
          return 1;
        },
      },
      { a: 1 },
    ],
    ['with symbols and what is not enumerable', hiddenProperties(), { a: 1 }],
    ['in arrays', [{ a: 1 }, [{ b: [{}] }]]],
    [
      '10,000 keys',
      Object.fromEntries(Array.from({ length: 10_000 }, (_, key) => [`k${key}`, key])),
    ],
  ],
  Maps: [
    ['empty', new Map()],
    [
      'with keys of any type',
      new Map<Value, Value>([
        [1, 'a'],
        ['1', 2],
        [null, 3],
        [undefined, 4],
        [5n, 5],
        [[1], 6],
        [{ a: 1 }, 7],
        [new Map(), 8],
        [NaN, 9],
      ]),
    ],
    ['nested', new Map([['a', new Map([['b', new Map()]])]])],
    ['in arrays and objects', [{ a: [new Map([[1, { b: 1 }]])] }]],
  ],
  arrays: [
    ['empty', []],
    ['one of each kind', [undefined, null, true, -0, 5n, 'x', new Date(1), Buffer.from('b'), [1]]],
    ['nested', [[], [[]], [1, [2, [3, ['four']]]]]],
    ['with holes', withHoles(), [undefined, 1, undefined, 2]],
    ['the same array twice', twice([1, 2])],
    ['10,000 elements', Array.from({ length: 10_000 }, (_, index) => index)],
  ],
};

class Point {
  readonly x = 1;
}

const notSendable: readonly (readonly [name: string, value: unknown, said: RegExp])[] = [
  ['an instance of a class', new Point(), /is an object \(Point\)/],
  ['an instance of a class whose name is not a string', namelessInstance(), /is an object:/],
  ['an object whose constructor cannot be read', unreadableConstructor(), /is an object:/],
  [
    'an instance of a class that extends Map',
    new (class Table extends Map {})(),
    /is an object \(Table\)/,
  ],
  ['a WeakMap', new WeakMap() as never, /is an object \(WeakMap\)/],
  ['an object that inherits from another', Object.create({ a: 1 }), /is an object \(Object\)/],
  ['a RegExp', /x/, /is an object \(RegExp\)/],
  ['an Error', new Error('x'), /is an object \(Error\)/],
  ['a promise', Promise.resolve(1), /is an object \(Promise\)/],
  ['a function', () => 1, /is a function/],
  ['a class', Point, /is a function/],
  ['a symbol', Symbol('s'), /is a symbol/],
  ['a Uint8ClampedArray', new Uint8ClampedArray(2), /is an object \(Uint8ClampedArray\)/],
  ['a DataView', new DataView(new ArrayBuffer(2)), /is an object \(DataView\)/],
  ['an ArrayBuffer', new ArrayBuffer(2), /is an object \(ArrayBuffer\)/],
  ['a boxed string', Object('x'), /is an object \(String\)/],
  ['a proxy of an array', new Proxy([], {}), /is an object \(Array\)/],
  ['2n ** 64n', 2n ** 64n, /is a bigint of more than 64 bits/],
  ['-(2n ** 63n) - 1n', -(2n ** 63n) - 1n, /is a bigint of more than 64 bits/],
  ['a bigint of several hundred bits', 10n ** 100n, /is a bigint of more than 64 bits/],
  ['an invalid Date', new Date(NaN), /is a Date that VT_DATE cannot hold/],
  ['a Date before the year 100', new Date(firstDate - 1), /is a Date that VT_DATE cannot hold/],
  ['a Date after the year 9999', new Date(lastDate + 1), /is a Date that VT_DATE cannot hold/],
  ['the earliest Date', new Date(-8.64e15), /is a Date that VT_DATE cannot hold/],
  ['an array that is too long', new Array(2 ** 32 - 1), /has more elements than a SAFEARRAY/],
];

describe('a result whose content does not match its type', () => {
  it('is rejected, and does not crash the process', async () => {
    using connection = new Connection(testAddon.connectToRecorder());
    for (const method of [
      'numbers, said to be objects',
      'numbers of a false size',
      'bytes, said to be VARIANTs',
      'an array larger than memory',
    ]) {
      await assert.rejects(connection.call(method), { name: /TypeError|ComError/ }, method);
    }
  });

  it('is not touched if its proxy failed to read it', async function () {
    if (native.wineVersion() === null) skip(this, 'a proxy of Windows clears what it cannot read');
    using connection = new Connection(testAddon.connectToRecorder());
    await assert.rejects(connection.call('an answer that its proxy cannot read'), {
      code: 'RPC_X_BAD_STUB_DATA',
    });
  });
});

/** Results of the recorder that have an object in them, and what JavaScript says to them. */
/** What returns an object, and the error if the object does not arrive. */
const withObject: readonly (readonly [method: string, error?: RegExp])[] = [
  ['object'],
  ['array of VARIANTs'],
  ['array of objects'],
  ['beside a matrix'],
  ['matrix of objects'],
  ['matrix of VARIANTs'],
  ['in an object'],
  ['in a Map'],
  ['below 70 arrays', /^the result(\[0\]){64} is nested too deeply$/],
  ['reference to IUnknown'],
  ['reference to IDispatch'],
  ['reference to a VARIANT'],
  ['reference to a reference'],
  ['reference to an array'],
  ['reference in an array'],
  ['record', /^the result is a VARIANT of type 36,/],
  ['reference to a record', /^the result is a VARIANT of type 36,/],
  ['array of records', /^the result\[0\] is a VARIANT of type 36,/],
  ['objects of a false size', /^the result is a VARIANT of type 36,/],
  ['objects, said to be numbers', /DISP_E_TYPEMISMATCH/],
];

/** The objects of other processes that are in a value. */
function remoteObjectsIn(value: unknown): RemoteObject[] {
  if (value instanceof RemoteObject) return [value];
  if (Array.isArray(value)) return value.flatMap(remoteObjectsIn);
  if (value instanceof Map) return [...value].flatMap(remoteObjectsIn);
  return typeof value === 'object' && value !== null
    ? Object.values(value).flatMap(remoteObjectsIn)
    : [];
}

/** Checks what a call with an object ends with, and that the object is released on another thread. */
async function checkRelease(ended: Promise<unknown>, error?: RegExp): Promise<void> {
  if (error === undefined) {
    const objects = remoteObjectsIn(await ended);
    assert.notEqual(objects.length, 0);
    assert.equal(testAddon.releasedOn(), 0, 'it is held');
    for (const object of objects) object.release();
  } else {
    await assert.rejects(ended, { message: error });
  }
  let thread = 0;
  await until(() => (thread = testAddon.releasedOn()) !== 0, 'it is let go of');
  assert.notEqual(thread, native.currentThreadId());
}

describe('an object in a result', () => {
  for (const [method, error] of withObject) {
    it(`is not released on the JavaScript thread, where Release could block: ${method}`, async () => {
      using connection = new Connection(testAddon.connectToRecorder());
      assert.equal(testAddon.releasedOn(), 0);
      await checkRelease(connection.call(method), error);
    });
  }

  it('is released by a client call, too, and not on the JavaScript thread', async () => {
    using connection = new Connection(testAddon.connectToRecorder());
    for (const [method, error] of withObject) {
      using call = await connection.createCall();
      await call.begin(method);
      await call.wait();
      await checkRelease(call.finish(), error);
    }
  });
});

describe('an array in a result', () => {
  it('arrives with the elements that Wine does not marshal', async () => {
    using connection = new Connection(testAddon.connectToRecorder());
    assert.deepEqual(await connection.call('array of decimals'), [0, 1.5]);
    assert.deepEqual(await connection.call('matrix of decimals'), [
      [0, 0],
      [0, 1.5],
    ]);
    const errors = await connection.call('array of errors');
    assert.deepEqual(errors, [t.error.of(0), t.error.of(0x80004005)]);
  });
});

describe('a reference in a result', () => {
  it('arrives as what it refers to', async () => {
    using connection = new Connection(testAddon.connectToRecorder());
    assert.equal(await connection.call('reference to a number'), 5);
    assert.equal(await connection.call('reference to a string'), 'text');
  });
});

describe('values', () => {
  let server: Child;
  let connection: Connection;

  before(async () => {
    const clsid = newClsid();
    server = await Child.start('value-server', clsid);
    connection = await connect(clsid);
  });

  after(async () => {
    connection.close();
    await server[Symbol.asyncDispose]();
  });

  for (const [kind, values] of Object.entries(rows)) {
    describe(kind, () => {
      for (const [name, sent, arrives = sent] of values) {
        it(`arrive as documented: ${name}`, async () => {
          assert.equal(await connection.call('inWords', sent), inWords([arrives]));
          const result = await connection.call('echoOne', sent);
          assert.equal(inWords(result), inWords(arrives));
          if (isLarge(sent)) return; // it takes seconds under Wine
          const results = await connection.call('echo', sent, [sent]);
          assert.equal(inWords(results), inWords([arrives, [arrives]]));
        });
      }
    });
  }

  it('that differ have different words at the server (control)', async () => {
    const alike: Value[] = [0, -0, 0n, '0', false, null, undefined, '', [], Buffer.alloc(0), [0]];
    const words = await Promise.all(alike.map((value) => connection.call('inWords', value)));
    assert.equal(new Set(words).size, alike.length);
  });

  it('keep their number and order', async () => {
    assert.deepEqual(await connection.call('echo'), []);
    assert.deepEqual(await connection.call('echo', undefined), [undefined]);
    const many = Array.from({ length: 1000 }, (_, index) => index);
    assert.deepEqual(await connection.call('echo', ...many), many);
  });

  it('come back unchanged: 2000 random Dates', async () => {
    const random = randomNumbers(1899);
    const span = lastDate - firstDate;
    const dates = Array.from(
      { length: 2000 },
      () => new Date(firstDate + Math.floor(random() * (span + 1))),
    );
    assert.ok(dates.some((date) => date.getTime() < Date.parse('1899-12-30')));
    assert.deepEqual(await connection.call('echo', ...dates), dates);
    assert.equal(await connection.call('inWords', ...dates), inWords(dates));
  });

  it('come back unchanged: 2000 random numbers of every size', async () => {
    const random = randomNumbers(754);
    const bits = new DataView(new ArrayBuffer(8));
    const numbers = Array.from({ length: 2000 }, (_, index) => {
      bits.setUint32(0, Math.floor(random() * 2 ** 32));
      bits.setUint32(4, Math.floor(random() * 2 ** 32));
      return index % 2 === 0 ? bits.getFloat64(0) : bits.getInt32(0) + (bits.getInt8(4) >> 7);
    });
    assert.deepEqual(await connection.call('echo', ...numbers), numbers);
  });

  it('come back unchanged: 1000 random bigints', async () => {
    const random = randomNumbers(64);
    const bigints = Array.from({ length: 1000 }, (_, index) => {
      const bits = (BigInt(Math.floor(random() * 2 ** 32)) << 32n) | BigInt(index);
      return index % 2 === 0 ? BigInt.asIntN(64, bits) : bits;
    });
    assert.deepEqual(await connection.call('echo', ...bigints), bigints);
  });

  it('have getters that are called once', async () => {
    let calls = 0;
    const object = {
      get type() {
        return ++calls;
      },
    };
    assert.deepEqual(await connection.call('echoOne', object), { type: 1 });
    assert.equal(calls, 1);
  });

  it('are copied when the call is made, and later changes by the sender have no effect', async () => {
    const bytes = Buffer.from('before');
    const array = [1, 2];
    const result = connection.call('echo', bytes, array);
    bytes.fill(0);
    array.length = 0;
    assert.deepEqual(await result, [Buffer.from('before'), [1, 2]]);
  });

  describe('nested arrays', () => {
    it('can be 63 deep in an argument', async () => {
      assert.deepEqual(await connection.call('echoOne', nest(63)), nest(63));
    });

    it('are rejected when they are 64 deep', async () => {
      await refused(
        connection.call('echoOne', nest(64)),
        /^arguments(\[0\]){64} is nested too deep/,
      );
    });

    it('and objects and Maps are rejected when they contain themselves', async () => {
      const object: Record<string, unknown> = {};
      object['self'] = [object];
      await refused(
        connection.call('echoOne', object as Value),
        /^arguments\[0\](\.self(\[0\])?)+ is nested too deep/,
      );
      const map = new Map();
      map.set('self', map);
      await refused(
        connection.call('echoOne', map),
        /^arguments\[0\](\.get\("self"\))+ is nested too deep/,
      );
      const keys = new Map();
      keys.set(keys, 1);
      await refused(
        connection.call('echoOne', keys),
        /^arguments\[0\](\.keys\(\)\[0\])+ is nested too deep/,
      );
      const typed = { [Symbol.for('async-com.vartype')]: 12, value: undefined as unknown };
      typed.value = typed;
      await refused(connection.call('echoOne', typed as Value), /^arguments\[0\] is nested too/);
    });

    it('are rejected when they contain themselves', async () => {
      const cycle: unknown[] = [1];
      cycle.push(cycle);
      await refused(
        connection.call('echoOne', cycle as Value),
        /^arguments\[0\](\[1\])+ is nested too deep/,
      );
    });
  });

  describe('that cannot be sent', () => {
    for (const [name, value, said] of notSendable) {
      it(`are rejected, and the error names the argument: ${name}`, async () => {
        const bad = value as Value;
        const at = (path: string) => new RegExp(`^arguments${path} ${said.source}`);
        await refused(connection.call('echo', bad), at('\\[0\\]'));
        await refused(connection.call('echo', 1, [0, 0, [bad]]), at('\\[1\\]\\[2\\]\\[0\\]'));
        assert.deepEqual(await connection.call('echo', 1), [1], 'the connection still works');
      });
    }

    it('are rejected with the error of a getter in an object', async () => {
      const object = {
        get value(): Value {
          throw new RangeError('from the getter');
        },
      };
      await assert.rejects(connection.call('echo', object), {
        name: 'RangeError',
        message: 'from the getter',
      });
      assert.deepEqual(await connection.call('echo', 1), [1]);
    });

    it('are rejected with the error of a getter in an array', async () => {
      const array = Object.defineProperty([1], 1, {
        enumerable: true,
        get() {
          throw new RangeError('from the getter');
        },
      });
      await assert.rejects(connection.call('echo', array), {
        name: 'RangeError',
        message: 'from the getter',
      });
      assert.deepEqual(await connection.call('echo', 1), [1]);
    });

    it('do not reach the server', async () => {
      const before = await connection.call('received');
      await refused(connection.call('echo', Symbol('x') as never), /^arguments\[0\]/);
      assert.equal(await connection.call('received'), before);
      await connection.call('echo');
      assert.equal(await connection.call('received'), Number(before) + 1, 'control');
    });
  });

  describe('that a handler cannot return', () => {
    const cases: readonly (readonly [string, RegExp])[] = [
      ['object', /^the result is an object \(WeakMap\)/],
      ['function', /^the result is a function/],
      ['nested', /^the result\[1\]\[0\] is an object \(WeakMap\)/],
      ['bigint', /^the result is a bigint of more than 64 bits/],
      ['date', /^the result is a Date/],
      ['tooDeep', /^the result(\[0\])+ is nested too deep/],
      ['throwingGetter', /^from the getter/],
    ];
    for (const [name, message] of cases) {
      it(`make the call fail with DISP_E_TYPEMISMATCH: ${name}`, async () => {
        await assert.rejects(connection.call('unsendable', name), {
          name: 'ComError',
          code: 'DISP_E_TYPEMISMATCH',
          origin: 'handler',
          message,
        });
        assert.deepEqual(await connection.call('echo', 1), [1], 'the connection still works');
      });
    }
  });
});

async function refused(call: Promise<Value>, message: RegExp): Promise<void> {
  await assert.rejects(call, { name: 'TypeError', message });
}

function nest(depth: number): Value {
  let value: Value = [];
  for (let made = 1; made < depth; ++made) value = [value];
  return value;
}

function isLarge(value: Value): boolean {
  const size =
    typeof value === 'string' ? value.length : ArrayBuffer.isView(value) ? value.byteLength : 0;
  return size > megabyte;
}

function filled(length: number, value: number): Value {
  return new Float64Array(length).fill(value);
}

function hiddenProperties(): Value {
  return Object.defineProperty({ a: 1, [Symbol('s')]: 2 }, 'hidden', { value: 3 });
}

function withHoles(): Value[] {
  const array: Value[] = [];
  array[1] = 1;
  array[3] = 2;
  return array;
}

function twice(array: Value[]): Value {
  return [array, array];
}

function namelessInstance(): unknown {
  class Nameless {
    readonly x = 1;
  }
  Object.defineProperty(Nameless, 'name', { value: Symbol('no string') });
  return new Nameless();
}

function unreadableConstructor(): unknown {
  return Object.defineProperty(Object.create({}), 'constructor', {
    get() {
      throw new Error('unreadable');
    },
  });
}
