import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

describe('the watch on client processes', function () {
  this.timeout(60_000);

  it('does not take a process for an earlier one with the same id', async () => {
    const program = resolve('build/tests/build/Release/native_client_watch.exe');
    const { stdout } = await promisify(execFile)(program, { timeout: 50_000 });
    assert.deepEqual(stdout.trim().split(/\r?\n/), [
      'kept an id that is used again, not watched before',
      'kept a process that is alive',
      'kept an id that is used again, watched already',
      'kept the id of a process that has ended becomes free',
      'kept a process that has ended',
      'kept no process has the id before the servers are told',
      'kept the id becomes free when the servers are told',
    ]);
  });
});
