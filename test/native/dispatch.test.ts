import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

import { keeps } from './promises.js';

const program = resolve('build/tests/build/Release/native_dispatch.exe');

/** The ways in which the program breaks a promise, and what it must notice. */
const broken: Readonly<Record<string, string>> = {
  'finds-unknown-names': 'GetIDsOfNames has succeeded, and a name has no DISPID',
  'gives-results-with-errors': 'a call that failed has a result',
  'raises-without-an-exception': 'a call without an exception has an EXCEPINFO',
  'names-no-argument': 'puArgErr is no argument',
  'leaks-strings': 'memory was not freed',
  'keeps-references': 'there are other COM objects than before',
};

describe('IDispatch of a server object', function () {
  this.timeout(60_000);

  const seed = process.env['ASYNC_COM_SEED'] ?? String(Math.floor(Math.random() * 2 ** 32));

  it('survives what no well-behaved client does', () =>
    keeps('dispatch', [
      'finds a name in any case',
      'prefers the exact name',
      'takes the first of two names',
      'knows no other name',
      'knows no empty name',
      'knows no names of arguments',
      'demands the reserved IID for names',
      'refuses a null name',
      'refuses no names',
      'has no properties',
      'demands the reserved IID for calls',
      'refuses named arguments',
      'refuses arguments that are not there',
      'refuses a reference to nothing',
      'refuses a reference to a reference',
      'refuses an unknown type',
      'refuses no parameters',
      'calls no handler when it refuses',
      'takes the types of automation, and no others',
      'takes references to these types, and no others',
      'takes no reference to nothing',
      'refuses an array that is not as it says',
      'takes the array when it is as it says',
      'refuses a record of nothing',
      'refuses a reference to itself',
      'refuses a reference to nothing in a VARIANT',
      'refuses arrays that are nested too deeply',
      'refuses more names than arguments',
      'refuses more arguments than a call can have',
      'assigns to a VARIANT and to the string in it',
      'leaves a locked array alone',
      'assigns through a reference in a VARIANT',
      'has the interface of its class',
      'has no interface without an IID',
      'says of its interfaces whether they have errors',
      'answers',
      'answers a client that cannot tell a method from a property',
      'answers a client that wants no result',
      'raises the error of the handler',
      'fails for a client that wants no error',
      'has no type information',
    ]));

  it('survives 100,000 random calls, and frees everything', async () => {
    console.log(`      ASYNC_COM_SEED=${seed}`);
    const { code, said } = await makeRandomCalls(100_000, seed);
    assert.equal(code, 0, said);
    // Calls succeed, and fail in each of these ways.
    for (const hresult of [
      ...['00000000', '00000001', '80004003', '80070057'],
      ...['80020001', '80020003', '80020004', '80020005', '80020006', '80020007'],
      ...['80020008', '80020009', '8002000A', '8002000E'],
    ]) {
      assert.match(said, new RegExp(`^kept:.* ${hresult}:`));
    }
  });

  it('answers the same calls in the same way', async () => {
    const [one, other] = [await makeRandomCalls(3000, seed), await makeRandomCalls(3000, seed)];
    assert.deepEqual(one, other);
    assert.notDeepEqual(await makeRandomCalls(3000, `1${seed}`), one);
  });

  for (const [name, promise] of Object.entries(broken)) {
    it(`does not survive when it breaks a promise: ${name} (control)`, async () => {
      const { code, said } = await makeRandomCalls(3000, seed, name);
      assert.equal(code, 1);
      assert.ok(said.startsWith('broken: ') && said.includes(promise), said);
    });
  }
});

function makeRandomCalls(
  count: number,
  ...[seed, ...broken]: string[]
): Promise<{ code: number | null; said: string }> {
  return new Promise((settle) => {
    const child = execFile(
      program,
      ['random', seed ?? '', String(count), ...broken],
      // Automation then keeps no strings for later. So the program can count them.
      { timeout: 50_000, env: { ...process.env, OANOCACHE: '1' } },
      (_, stdout) => {
        settle({ code: child.exitCode, said: stdout.trim() });
      },
    );
  });
}
