import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { startNewProcess } from '#lib/ipc/start-new-process.js';
import { native } from '#lib/native/addon.js';

import { testAddon } from '../support/test-addon.js';

describe('testAddon.threadIdsOf()', () => {
  it('returns the ids of a process’s threads, and of no other threads', async () => {
    const child = startNewProcess(() =>
      spawn(process.execPath, ['--eval', 'process.stdin.resume()'], {
        stdio: ['pipe', 'ignore', 'inherit'],
      }),
    );
    await once(child, 'spawn');
    const ids = testAddon.threadIdsOf(process.pid);
    assert.ok(ids.includes(native.currentThreadId()));
    assert.equal(new Set(ids).size, ids.length);
    const others = testAddon.threadIdsOf(child.pid ?? 0);
    assert.ok(others.length > 0);
    assert.ok(!others.some((id) => ids.includes(id)));
    child.stdin.end();
    await once(child, 'exit');
    assert.deepEqual(testAddon.threadIdsOf(child.pid ?? 0), []);
  });
});
