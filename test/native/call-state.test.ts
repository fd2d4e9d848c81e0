import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';

const program = resolve('build/tests/build/Release/native_call_state.exe');

/** The broken state machines in the program, and what it must report for each of them. */
const broken: Readonly<Record<string, string>> = {
  'starts-twice': 'StartBegin() does not return true to exactly one caller',
  'signals-twice': 'StartSignal() does not return true to exactly one caller',
  'over-when-begin-returns':
    'the call is not over exactly when Begin_ has returned and it is signalled',
  'never-over': 'the call is not over exactly when Begin_ has returned and it is signalled',
  'forgets-answer': 'the answer goes back to an earlier step',
};

describe('the state of an incoming call', function () {
  this.timeout(30_000);

  it('keeps its promises in every possible order of the call’s events', async () => {
    const { code, said } = await walk();
    assert.equal(code, 0, said);
    const [, orders] = /^(\d+) orders$/.exec(said) ?? [];
    assert.ok(Number(orders) > 100_000, said);
    console.log(`      ${said}`);
  });

  for (const [name, wrong] of Object.entries(broken)) {
    it(`does not pass when it breaks a promise: ${name} (control)`, async () => {
      assert.deepEqual(await walk(name), { code: 1, said: wrong });
    });
  }
});

function walk(...args: string[]): Promise<{ code: number | null; said: string }> {
  return new Promise((settle) => {
    const child = execFile(program, args, { timeout: 20_000 }, (_, stdout) => {
      settle({ code: child.exitCode, said: stdout.trim() });
    });
  });
}
