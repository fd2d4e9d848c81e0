import assert from 'node:assert/strict';

import { connect, type Connection, type Value } from 'async-com';
import fc from 'fast-check';

import { newClsid } from '#lib/value/identifiers.js';

import { Child } from '../support/child.js';
import { inWords } from '../support/value-in-words.js';

const times = 10_000;
const together = 200;

const string = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: loneSurrogates() }));

const date = fc.date({
  min: new Date('0100-01-01T00:00:00Z'),
  max: new Date('9999-12-31T23:59:59.999Z'),
  noInvalidDate: true,
});

const numericArray = fc.oneof(
  fc.int8Array(),
  fc.uint8Array().map((bytes) => Buffer.from(bytes)),
  fc.int16Array(),
  fc.uint16Array(),
  fc.int32Array(),
  fc.uint32Array(),
  fc.bigInt64Array(),
  fc.bigUint64Array(),
  fc.float32Array(),
  fc.float64Array(),
);

/** Every kind of value that comes back as it was. */
const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(undefined, null, true, false),
    fc.integer(),
    fc.double(),
    fc.bigInt(-(2n ** 63n), 2n ** 64n - 1n),
    string,
    date,
    numericArray,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(string, fc.constantFrom('__proto__', 'constructor', '0')),
      tie('value'),
      {
        maxKeys: 4,
        noNullPrototype: true,
      },
    ),
    fc
      .uniqueArray(fc.tuple(fc.oneof(fc.integer(), string, date), tie('value')), {
        maxLength: 4,
        selector: ([key]) => key,
      })
      .map((entries) => new Map<Value, Value>(entries)),
  ),
}));

describe('values of every kind', () => {
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

  it(`arrive and come back unchanged: ${times} random ones`, async function () {
    this.timeout(60_000);
    const several = fc.array(value, { minLength: together, maxLength: together });
    await fc.assert(
      fc.asyncProperty(several, async (sent) => {
        assert.equal(inWords(await connection.call('echo', ...sent)), inWords(sent));
        assert.equal(await connection.call('inWords', ...sent), inWords(sent));
      }),
      { numRuns: times / together },
    );
  });
});

function loneSurrogates(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.integer({ min: 0xd800, max: 0xdfff }).map((unit) => String.fromCharCode(unit)),
    fc.constantFrom('\0', 'a'),
  );
}
