import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';

import { startNewProcess } from '#lib/ipc/start-new-process.js';
import { native } from '#lib/native/addon.js';

describe('a named mutex', () => {
  it('is held by one process at a time, and released when its holder ends', async () => {
    const name = `Local\\async-com test ${String(process.pid)}`;
    const script = `
      import { native } from '#lib/native/addon.js';
      const { code } = native.withNamedMutex(${JSON.stringify(name)}, 100, () => {
        console.log('held');
        if (process.argv[1] === 'wait') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      });
      console.log(code);`;
    const args = ['--input-type=module', '--eval', script];
    const holder = startNewProcess(() =>
      spawn(process.execPath, [...args, 'wait'], {
        stdio: ['ignore', 'pipe', 'inherit'],
      }),
    );
    await once(holder.stdout, 'data');
    const refused = execFileSync(process.execPath, args, { encoding: 'utf8' });
    assert.equal(refused.trim(), 'ERROR_TIMEOUT');
    holder.kill();
    await once(holder, 'exit');
    const held = execFileSync(process.execPath, args, { encoding: 'utf8' });
    assert.deepEqual(held.trim().split(/\s+/), ['held', 'S_OK']);
  });

  it('is released when the function throws', () => {
    const name = `Local\\async-com test of throwing ${String(process.pid)}`;
    const thrown = new Error('thrown');
    assert.throws(
      () =>
        native.withNamedMutex(name, 0, () => {
          throw thrown;
        }),
      (error) => error === thrown,
    );
    let ran = false;
    native.withNamedMutex(name, 0, () => {
      ran = true;
    });
    assert.ok(ran);
  });
});
