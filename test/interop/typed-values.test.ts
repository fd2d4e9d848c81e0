import assert from 'node:assert/strict';

import { connect, type Connection, t, TypedValue, type Value } from 'async-com';

import { native } from '#lib/native/addon.js';
import { newClsid } from '#lib/value/identifiers.js';

import { Child } from '../support/child.js';
import { Program } from '../support/program.js';
import { proxyStubDll } from '../support/proxy-stub-registry.js';
import { skip } from '../support/skip.js';
import { wordsOf } from '../support/variant-words.js';
import { NativeClient, serverName } from './peers.js';

/** Values of a type that is said, and the VARIANTs that arrive (test/interop/programs/values.h). */
const sent: readonly (readonly [value: TypedValue, words: string])[] = [
  [t.boolean.of(true), 'true'],
  [t.int8.of(-128), 'i1:-128'],
  [t.int8.of(127), 'i1:127'],
  [t.uint8.of(255), 'ui1:255'],
  [t.int16.of(-32768), 'i2:-32768'],
  [t.uint16.of(65535), 'ui2:65535'],
  [t.int32.of(-(2 ** 31)), 'i4:-2147483648'],
  [t.int32.of(-0), 'i4:0'],
  [t.uint32.of(2 ** 32 - 1), 'ui4:4294967295'],
  [t.int64.of(-(2n ** 63n)), 'i8:-9223372036854775808'],
  [t.int64.of(5 as never), 'i8:5'],
  [t.uint64.of(2n ** 64n - 1n), 'ui8:18446744073709551615'],
  [t.uint64.of(Number.MAX_SAFE_INTEGER as never), 'ui8:9007199254740991'],
  [t.float32.of(0.5), 'r4:3F000000'],
  [t.float32.of(0.1), 'r4:3DCCCCCD'],
  [t.float32.of(-Infinity), 'r4:FF800000'],
  [t.float64.of(2), 'r8:4000000000000000'],
  [t.float64.of(NaN), 'nan'],
  [t.currency.of('12.50'), 'cy:125000'],
  [t.currency.of('-922337203685477.5808'), 'cy:-9223372036854775808'],
  [t.currency.of(0.1 as never), 'cy:1000'],
  [t.currency.of(3n as never), 'cy:30000'],
  [t.decimal.of('12.50'), 'decimal:020000000000E204000000000000'],
  [t.decimal.of('-79228162514264337593543950335'), 'decimal:0080FFFFFFFFFFFFFFFFFFFFFFFF'],
  [t.decimal.of('1e-28'), 'decimal:1C00000000000100000000000000'],
  [t.decimal.of(2n as never), 'decimal:0000000000000200000000000000'],
  [t.date.of(new Date('1899-12-30T12:00:00Z')), 'date:3FE0000000000000'],
  [t.string.of('a\0b'), 'bstr:610000006200'],
  [t.string.of('\ud800'), 'bstr:00D8'],
  [t.error.of(0x80004005), 'error:80004005'],
  [t.error.of(-2147467259), 'error:80004005'],
  [t.error.of(0x80020004), 'error:80020004'],
  [t.variant.of(7), 'i4:7'],
  [t.variant.of(t.int16.of(7)), 'i2:7'],
  [t.enumeration('Colour', { red: 1, blue: 2 }).of(2), 'i4:2'],
  [t.array(t.int16).of([1, -1]), 'i2[i2:1,i2:-1]'],
  [t.array(t.int16).of([]), 'i2[]'],
  [t.array(t.int16).of(new Int16Array([1, -1]) as never), 'i2[i2:1,i2:-1]'],
  [t.array(t.float64).of(new Uint8Array([1]) as never), 'r8[r8:3FF0000000000000]'],
  [t.array(t.uint8).of([1, 255]), 'bytes:01FF'],
  [t.array(t.boolean).of([true, false]), 'bool[true,false]'],
  [t.array(t.string).of(['a', '']), 'bstr[bstr:6100,bstr:]'],
  [t.array(t.currency).of(['1', '2.5']), 'cy[cy:10000,cy:25000]'],
  [t.array(t.date).of([new Date('1899-12-31T00:00:00Z')]), 'date[date:3FF0000000000000]'],
  [t.array(t.variant).of([1, t.int8.of(2), [3]]), '[i4:1,i1:2,[i4:3]]'],
  [
    t.array(t.int32, 2).of([
      [1, 2, 3],
      [4, 5, 6],
    ]),
    'i4<2x3>[i4:1,i4:4,i4:2,i4:5,i4:3,i4:6]',
  ],
  [t.array(t.int32, 2).of([]), 'i4<0x0>[]'],
  [t.array(t.int32, 2).of([[], []]), 'i4<2x0>[]'],
  [
    t.array(t.uint8, 3).of([
      [
        [1, 2],
        [3, 4],
      ],
    ]),
    'ui1<1x2x2>[ui1:1,ui1:3,ui1:2,ui1:4]',
  ],
  [
    t.array(t.float64, 2).of([new Float64Array([1, 2])]),
    'r8<1x2>[r8:3FF0000000000000,r8:4000000000000000]',
  ],
  [
    t.array(t.variant, 2).of([
      [null, 'a'],
      [[1], { a: 1 }],
    ]),
    '<2x2>[null,[i4:1],bstr:6100,<1x1329744433~2>[bstr:6100,i4:1]]',
  ],
  [t.array(t.int32, 60).of(nested(60)), `i4<${'1x'.repeat(59)}1>[i4:7]`],
];

/** Values that their types refuse. */
const refused: readonly (readonly [value: TypedValue, why: RegExp])[] = [
  [t.int8.of(128), /^arguments\[0\] is 128: VT_I1 takes an integer from -128 to 127$/],
  [t.int8.of(1.5), /is 1\.5: VT_I1/],
  [t.int8.of(NaN), /is NaN: VT_I1/],
  [t.int8.of('1' as never), /is '1': VT_I1/],
  [t.int8.of(undefined as never), /is undefined: VT_I1/],
  [t.uint8.of(-1), /is -1: VT_UI1 takes an integer from 0 to 255/],
  [t.int16.of(32768), /is 32768: VT_I2/],
  [t.uint16.of(65536), /is 65536: VT_UI2/],
  [t.int32.of(2 ** 31), /is 2147483648: VT_I4/],
  [t.uint32.of(2 ** 32), /is 4294967296: VT_UI4/],
  [t.int64.of(2n ** 63n), /is 9223372036854775808: VT_I8 takes .*: a bigint, or a safe integer$/],
  [t.int64.of((2 ** 53) as never), /is 9007199254740992: VT_I8/],
  [t.uint64.of(-1n), /is -1: VT_UI8/],
  [t.uint64.of(2n ** 64n), /is 18446744073709551616: VT_UI8/],
  [t.float32.of(1e39), /is 1e\+39: VT_R4/],
  [t.float64.of(1n as never), /is 1: VT_R8 takes a number/],
  [t.currency.of('0.00001'), /is '0\.00001': VT_CY takes a decimal number .* at most 4 decimals/],
  [t.currency.of('922337203685477.5808'), /VT_CY/],
  [t.currency.of('1,5'), /is '1,5': VT_CY/],
  [t.currency.of(NaN as never), /is NaN: VT_CY/],
  [t.decimal.of('79228162514264337593543950336'), /VT_DECIMAL/],
  [t.decimal.of('1e-29'), /VT_DECIMAL/],
  [t.decimal.of(''), /is '': VT_DECIMAL/],
  [t.date.of(5 as never), /is 5: VT_DATE takes a Date/],
  [t.date.of(new Date(NaN)), /is a Date that VT_DATE cannot hold/],
  [t.string.of(null as never), /is null: VT_BSTR takes a string/],
  [t.boolean.of(1 as never), /is 1: VT_BOOL takes a boolean/],
  [t.error.of(2 ** 32), /is 4294967296: VT_ERROR/],
  [t.variant.of(Symbol('x')), /is a symbol/],
  [t.array(t.int8).of(5 as never), /^arguments\[0\] is 5: an array is expected/],
  [t.array(t.int8).of([1, 300]), /^arguments\[0\]\[1\] is 300: VT_I1/],
  [t.array(t.int8).of([t.int8.of(1) as never]), /^arguments\[0\]\[0\] is an object: VT_I1/],
  [t.array(t.int8, 2).of([1]), /^arguments\[0\] is 1: an array is expected/],
  [t.array(t.int8, 2).of([[1], 2]), /^arguments\[0\]\[1\] is 2: an array is expected/],
  [
    t.array(t.int8, 2).of([[1], [1, 2]]),
    /^arguments\[0\]\[1\] has the length 2, and the arrays beside it have 1$/,
  ],
  [t.array(t.int8, 2).of([[1], [1000]]), /^arguments\[0\]\[1\]\[0\] is 1000: VT_I1/],
  [t.array(t.variant).of([1, new WeakMap()]), /^arguments\[0\]\[1\] is an object \(WeakMap\)/],
  [
    t.array(t.float64, 3).of(new Array(100_000).fill(new Array(100_000).fill([1]))),
    /^arguments\[0\] has more elements than a SAFEARRAY can hold/,
  ],
  [new TypedValue({ vartype: 0x4003 } as never, 1), /^arguments\[0\] is of type 16387, which/],
  [new TypedValue({ vartype: 36 } as never, 1), /^arguments\[0\] is of type 36, which cannot/],
  [new TypedValue({ vartype: 0x2024 } as never, [1]), /^arguments\[0\] is of type 8228, which/],
  [
    new TypedValue({ vartype: 0x2003, dimensions: 61 } as never, [1]),
    /^arguments\[0\] is of type 8195, which cannot/,
  ],
];

describe('a value of a type that is said', () => {
  const clsid = newClsid();
  let server: Program;
  let connection: Connection;

  before(async () => {
    server = await Program.start('server', clsid, proxyStubDll, serverName);
    connection = await connect(clsid);
  });

  after(async () => {
    connection.close();
    await server[Symbol.asyncDispose]();
  });

  for (const [value, words] of sent) {
    it(`arrives at a C++ server as ${words.slice(0, 80)}`, async () => {
      assert.equal(await connection.call('wordsFromValue', value), words);
      assert.equal(
        await connection.call('wordsFromValue', [{ a: value }]).then(String),
        inside(words),
      );
    });
  }

  for (const [value, why] of refused) {
    it(`is refused: ${why.source}`, async () => {
      await assert.rejects(connection.call('wordsFromValue', value), {
        name: 'TypeError',
        message: why,
      });
    });
  }

  for (const type of [t.decimal, t.error]) {
    it(`is refused on Wine, which would lose it: an array of ${type.name}`, async function () {
      if (native.wineVersion() === null) skip(this, 'Windows loses nothing');
      const call = connection.call('wordsFromValue', t.array<unknown>(type).of([1]));
      await assert.rejects(call, { name: 'TypeError', message: /Wine loses its elements/ });
    });
  }

  it('keeps its type when it comes back', async () => {
    const error = await connection.call('echoOne', t.error.of(0x80004005));
    assert.deepEqual(error, t.error.of(0x80004005));
    assert.equal(await connection.call('wordsFromValue', error), 'error:80004005');
  });
});

describe('a result of a type that is said', () => {
  const clsid = newClsid();
  let server: Child;
  let client: NativeClient;

  before(async () => {
    server = await Child.start('typed-value-server', clsid);
    client = await NativeClient.start('sync_client', clsid, proxyStubDll);
  });

  after(async () => {
    await client[Symbol.asyncDispose]();
    await server[Symbol.asyncDispose]();
  });

  const typed = (type: string, dimensions: number, value: Value) =>
    client.call('typed', type, dimensions, value);

  it('arrives at a C++ client', async () => {
    assert.deepEqual(await typed('int16', 0, 7), { value: 'i2:7' });
    assert.deepEqual(await typed('currency', 0, '1.5'), { value: 'cy:15000' });
    assert.deepEqual(await typed('decimal', 0, '1.5'), {
      value: 'decimal:0100000000000F00000000000000',
    });
    assert.deepEqual(await typed('uint64', 1, [1n, 2n]), { value: 'ui8[ui8:1,ui8:2]' });
    assert.deepEqual(await typed('string', 2, [['a'], ['b']]), {
      value: 'bstr<2x1>[bstr:6100,bstr:6200]',
    });
  });

  it('makes the call fail if its type refuses it', async () => {
    const answer = await typed('int16', 1, [1, 70_000]);
    assert.ok('handler' in answer);
    assert.equal(answer.handler, 0x80020005);
    assert.match(answer.description, /^the result\[1\] is 70000: VT_I2/);
  });

  it('is not what arrives without one (control)', async () => {
    assert.deepEqual(await client.call('echoOne', 7), { value: wordsOf(7) });
    assert.equal(wordsOf(7), 'i4:7');
  });
});

function nested(dimensions: number): readonly unknown[] {
  let value: unknown = 7;
  for (let made = 0; made < dimensions; ++made) value = [value];
  return value as unknown[];
}

/** Returns the words of `[{ a: value }]`. */
function inside(words: string): string {
  return `[<1x1329744433~2>[bstr:6100,${words}]]`;
}
