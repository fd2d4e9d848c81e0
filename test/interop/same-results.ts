import assert from 'node:assert/strict';

import type { Value } from 'async-com';

import { wordsOf } from '../support/variant-words.js';
import { within } from '../support/within.js';
import { type Answer, type Client, serverName } from './peers.js';

/** Values of every kind. */
export const values: readonly Value[] = [
  ...[undefined, null, true, false],
  ...[0, -0, 1, -1, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 0.1, NaN, Infinity, Number.MIN_VALUE],
  ...[0n, -1n, 2n ** 63n - 1n, -(2n ** 63n), 2n ** 64n - 1n],
  ...['', 'hello', 'héé ☃ 𝒳', 'a\0b', '\ud800'],
  ...['1970-01-01', '2024-02-29T12:34:56.789Z', '1899-12-29T18:00:00Z', '0100-01-01'].map(
    (text) => new Date(text),
  ),
  ...[Buffer.alloc(0), Buffer.from([0, 255])],
  ...[[], [undefined, [null, ['nested', [1, -0.5]]], Buffer.from('b')]],
];

const memberNotFound = 0x80020003;

/** Tests that a client gets from its server what every client gets from every server. */
export function givesTheSameResults(clientOf: () => Client): void {
  const gives = async (expected: Answer, method: string, ...args: Value[]) => {
    assert.deepEqual(await clientOf().call(method, ...args), expected);
  };

  it('returns values of every kind unchanged', async () => {
    for (const value of values) await gives({ value: wordsOf(value) }, 'echoOne', value);
    await gives({ value: wordsOf(values) }, 'echo', ...values);
    await gives({ value: '[]' }, 'echo');
  });

  it('returns what a method computes', async () => {
    await gives({ value: 'i4:5' }, 'add', 2, 3);
    await gives({ value: wordsOf(0.75) }, 'add', 0.5, 0.25);
    await gives({ value: wordsOf(2 ** 31) }, 'add', 2 ** 31 - 1, 1);
  });

  it('reports the HRESULT, the source and the description of a handler that fails', async () => {
    for (const description of ['sorry', 'a\0b ☃', '']) {
      const handler = 0x80070002;
      const expected = { handler, source: serverName, description };
      await gives(expected, 'fail', handler | 0, description);
    }
  });

  it('reports DISP_E_MEMBERNOTFOUND for a method that does not exist', async () => {
    await gives({ failed: memberNotFound }, 'nope', 1);
    await gives({ failed: memberNotFound }, 'Echo');
    await gives({ failed: memberNotFound }, '');
  });

  it('returns 1 MB of bytes unchanged', async () => {
    const bytes = Buffer.alloc(2 ** 20, 'async-com');
    const answer = await clientOf().call('echoOne', bytes);
    assert.ok('value' in answer);
    assert.ok(answer.value === wordsOf(bytes), 'the bytes that were sent');
  });

  it('answers a call while four others are held, and then those in reverse order', async () => {
    const keys = [1, 2, 3, 4].map((key) => key + 10 * ++round);
    const ended: number[] = [];
    const hold = async (key: number): Promise<Answer> => {
      const answer = await clientOf().call('hold', key);
      ended.push(key);
      return answer;
    };
    const held = keys.map((key) => ({ key, answered: hold(key) })).reverse();
    await gives({ value: '[i4:1]' }, 'echo', 1);
    assert.deepEqual(ended, [], 'all are held');
    for (const { key, answered } of held) {
      await gives({ value: 'empty' }, 'release', key);
      assert.deepEqual(await within(10_000, answered, 'its answer'), { value: wordsOf(key) });
    }
    assert.deepEqual(ended, [...keys].reverse());
  });
}

/** The number of rounds so far. It makes the keys of each round different. */
let round = 0;
