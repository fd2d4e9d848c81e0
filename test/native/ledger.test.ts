import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

const program = resolve('build/tests/build/Release/native_ledger.exe');
const rounds = 300;

/** The broken ledgers in the program, and the promise that it must report for each of them. */
const broken: Readonly<Record<string, string>> = {
  'admits-one-more': 'it refuses a call past its bound',
  'keeps-places': 'an answered call does not bound others',
  'forgets-cancellations': 'it refuses a call that its cancellation has overtaken',
  'spares-calls-of-the-dead': 'a client that dies leaves its calls',
  'forgets-clients-elsewhere': 'a client that dies leaves the objects that no other process uses',
  'admits-after-stop': 'idle is called at once if no call is in progress',
  'idles-twice': 'idle is called at once if no call is in progress',
  'stops-twice': 'Stop() returns true to one caller',
};

describe('the ledger of calls', function () {
  this.timeout(60_000);

  it('keeps its promises, on one thread and on many', async () => {
    assert.deepEqual(await check(), { code: 0, said: `13 promises, ${String(rounds)} rounds` });
  });

  for (const [name, promise] of Object.entries(broken)) {
    it(`does not pass when it breaks a promise: ${name} (control)`, async () => {
      assert.deepEqual(await check(name), { code: 1, said: `broken: ${promise}` });
    });
  }
});

function check(...args: string[]): Promise<{ code: number | null; said: string }> {
  return new Promise((settle) => {
    const child = execFile(program, [String(rounds), ...args], { timeout: 50_000 }, (_, stdout) => {
      settle({ code: child.exitCode, said: stdout.trim() });
    });
  });
}
