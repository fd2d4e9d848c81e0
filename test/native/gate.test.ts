import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

const rounds = 20_000;

describe('the gate that Signal closes', function () {
  this.timeout(60_000);

  it(`closes ${String(rounds)} times while two threads enter and leave it`, async () => {
    const program = resolve('build/tests/build/Release/native_gate.exe');
    const { stdout } = await promisify(execFile)(program, [String(rounds)], { timeout: 50_000 });
    assert.equal(stdout.trim(), `${String(rounds)} rounds`);
  });
});
