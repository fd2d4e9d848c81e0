import assert from 'node:assert/strict';
import type { Value } from 'async-com';

import { native } from '#lib/native/addon.js';

import { newClsid } from '#lib/value/identifiers.js';
import { ProgramFailure } from '../support/program.js';
import {
  proxyStubDll,
  registeredProxyStub,
  registerProxyStub,
  unregisterProxyStub,
} from '../support/proxy-stub-registry.js';
import { skip } from '../support/skip.js';
import { within } from '../support/within.js';
import { wordsOf } from '../support/variant-words.js';
import { type Answer, type Client, clients, NativeClient, serverName, servers } from './peers.js';

// CALL-10, CALL-11, CALL-15: every client works with every server and gets the same results.

const values: readonly Value[] = [
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

/** COM returns one of these errors for an interface without a proxy. */
const noProxy = ['E_NOINTERFACE', 'REGDB_E_IIDNOTREG'];

describe('wordsOf()', () => {
  it('returns different words for different values (control)', () => {
    assert.equal(new Set(values.map(wordsOf)).size, values.length);
  });
});

for (const how of ['registered', 'unregistered'] as const) {
  describe(`programs that load the proxy/stub ${how === 'registered' ? 'through the registry' : 'from the DLL'}`, () => {
    const proxyStub = how === 'registered' ? 'registered' : proxyStubDll;
    let wrote = false;

    before(async function () {
      const found = await registeredProxyStub();
      if (found !== undefined) skip(this, `the proxy/stub is registered here already: ${found}`);
      if (how === 'unregistered') return;
      wrote = true;
      await registerProxyStub();
    });

    after(async () => {
      if (!wrote) return;
      await unregisterProxyStub();
      assert.equal(await registeredProxyStub(), undefined, 'nothing is left');
    });

    for (const server of servers) {
      describe(server.name, () => {
        const clsid = newClsid();
        let running: AsyncDisposable;

        before(async () => {
          running = await server.start(clsid, proxyStub);
        });

        after(() => running[Symbol.asyncDispose]());

        for (const caller of clients) {
          describe(`called by ${caller.name}`, () => {
            let client: Client;

            before(async function () {
              const reason = caller.unavailable?.(proxyStub);
              if (reason !== undefined) skip(this, reason);
              try {
                client = await caller.start(clsid, proxyStub);
              } catch (error) {
                if (!(error instanceof ProgramFailure) || error.step !== 'ICallFactory')
                  throw error;
                skip(this, 'COM offers no ICallFactory on proxies here');
              }
            });

            after(async () => {
              await (client as Client | undefined)?.[Symbol.asyncDispose]();
            });

            givesTheSameResults(() => client);
          });
        }
      });
    }

    if (how === 'unregistered') {
      it('cannot load it through the registry (control)', async () => {
        const clsid = newClsid();
        await using _server = await servers[0]?.start(clsid, proxyStub);
        await assert.rejects(
          NativeClient.start('sync_client', clsid, 'registered'),
          (error) =>
            error instanceof ProgramFailure &&
            error.step === 'CoCreateInstance' &&
            noProxy.includes(native.hresultName(error.hresult)),
        );
      });
    }
  });
}

function givesTheSameResults(clientOf: () => Client): void {
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
