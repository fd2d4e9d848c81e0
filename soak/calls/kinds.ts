// The calls of the soak by kind. Each checks its answer.
import assert from 'node:assert/strict';

import { ComError, connect, type Connection, type Value } from 'async-com';

export interface Caller {
  readonly connection: Connection;
  readonly clsid: string;
  readonly random: () => number;
}

/** A C++ server has some of the methods. */
export type KindOfServer = 'TypeScript' | 'C++';

type Make = (caller: Caller) => Promise<void>;
type Kind = readonly [name: string, make: Make];

/** What calls that are refused for load, and made again, are counted as. */
export const refusals = 'refused for load, and made again';

const values: readonly Value[] = [
  ...[undefined, null, true, 0, -1, 0.1, 2 ** 31, 5n, 2n ** 63n, '', 'héé ☃ 𝒳', 'a\0b'],
  ...[new Date(0), Buffer.from([0, 255]), [], [1, [null, ['nested']], Buffer.from('b')]],
];

async function expectCode(code: string, call: Promise<unknown>): Promise<ComError> {
  const error = await call.then(
    () => assert.fail(`the call did not fail with ${code}`),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ComError, String(error));
  assert.equal(error.code, code);
  return error;
}

const large = Buffer.alloc(64 * 1024, 7);

/** The kinds that every server has. */
const plain: readonly Kind[] = [
  [
    'a number',
    async ({ connection, random }) => {
      const number = Math.floor(random() * 1e9);
      assert.equal(await connection.call('echoOne', number), number);
    },
  ],
  [
    'a value of each type',
    async ({ connection }) => {
      assert.deepEqual(await connection.call('echo', ...values), values);
    },
  ],
  [
    'a sum',
    async ({ connection, random }) => {
      const a = Math.floor(random() * 1e6);
      assert.equal(await connection.call('add', a, 5), a + 5);
    },
  ],
  [
    '64 KB',
    async ({ connection }) => {
      assert.ok(large.equals((await connection.call('echoOne', large)) as Uint8Array));
    },
  ],
  [
    'a handler that fails',
    async ({ connection }) => {
      const error = await expectCode(
        'ERROR_FILE_NOT_FOUND',
        connection.call('fail', 0x80070002 | 0, 'as asked'),
      );
      assert.equal(error.origin, 'handler');
    },
  ],
  [
    'a method that does not exist',
    async ({ connection }) => {
      await expectCode('DISP_E_MEMBERNOTFOUND', connection.call('nothing of that name'));
    },
  ],
  [
    'a connection for one call',
    async ({ clsid }) => {
      using connection = await connect(clsid);
      assert.equal(await connection.call('echoOne', 1), 1);
    },
  ],
];

const impersonating = (method: string): Make => {
  return async ({ connection }) => {
    assert.equal(await connection.call(method), 'present');
  };
};

/** The kinds that need what a server of async-com has. */
const further: readonly Kind[] = [
  ['impersonation', impersonating('whoAmI')],
  ['a token that is left on the thread', impersonating('keepToken')],
  ['impersonation on a further thread', impersonating('helper')],
  [
    'Signal before the handler returns',
    async ({ connection, random }) => {
      const number = random();
      assert.equal(await connection.call('early', number), number);
    },
  ],
  [
    'Begin_ that returns before the handler',
    async ({ connection, random }) => {
      const number = random();
      assert.equal(await connection.call('fromBegin', number), number);
    },
  ],
  [
    'a thread that is lent',
    async ({ connection }) => {
      assert.equal(await connection.call('lent'), true);
    },
  ],
  [
    'an answer after some turns',
    async ({ connection, random }) => {
      assert.equal(await connection.call('later', 'now', Math.floor(random() * 5)), 'now');
    },
  ],
  [
    'begin, wait, finish',
    async ({ connection, random }) => {
      const call = await connection.createCall();
      try {
        const number = random();
        await call.begin('later', number, 2);
        assert.equal(await call.wait(), true);
        assert.equal(await call.finish(), number);
        // A call object can be used again.
        await call.begin('echoOne', number);
        assert.equal(await call.finish(), number);
      } finally {
        call.release();
      }
    },
  ],
  [
    'begin, release',
    async ({ connection }) => {
      const call = await connection.createCall();
      await call.begin('later', 1, 3);
      call.release();
    },
  ],
  [
    'an aborted signal',
    async ({ connection, random }) => {
      const name = `aborted ${String(random())}`;
      const controller = new AbortController();
      const call = connection.call({ method: 'hold', signal: controller.signal }, name, 'plain');
      call.catch(() => undefined); // It may be refused while the next line waits.
      await connection.call('untilHeld', name);
      controller.abort();
      await expectCode('RPC_E_CALL_CANCELED', call);
    },
  ],
  [
    'a time limit',
    async ({ connection, random }) => {
      const name = `late ${String(random())}`;
      const call = connection.call({ method: 'hold', timeout: 20 }, name, 'lent');
      await expectCode('RPC_E_CALL_CANCELED', call);
    },
  ],
];

const weighted = (kinds: readonly Kind[], weights: Readonly<Record<string, number>>): Kind[] =>
  kinds.flatMap((kind) => Array.from({ length: weights[kind[0]] ?? 1 }, () => kind));

const weights = { 'a number': 10, 'a value of each type': 4, 'a sum': 4 };
const kinds: Readonly<Record<KindOfServer, readonly Kind[]>> = {
  'C++': weighted(plain, weights),
  TypeScript: weighted([...plain, ...further], weights),
};

/** Returns the kinds of calls for a server. A kind that is in the list twice is made twice as often. */
export function kindsOf(server: KindOfServer): readonly Kind[] {
  return kinds[server];
}
