import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

import { root } from './scripts.js';

const script = pathToFileURL(path.join(root, 'scripts/common/lock.mjs')).href;
const { withLock } = (await import(script)) as {
  withLock: <T>(name: string, work: () => Promise<T>) => Promise<T>;
};

describe('withLock()', () => {
  const name = `test-${String(process.pid)}`;
  let holder: ChildProcess | undefined;

  afterEach(() => holder?.kill('SIGKILL'));

  /** Starts another process that gets the lock and keeps it. */
  async function takenElsewhere(): Promise<ChildProcess> {
    const code = `
      import { withLock } from '${script}';
      await withLock('${name}', () => new Promise(() => {
        console.log('taken');
        setInterval(() => {}, 1000);
      }));`;
    holder = spawn(process.execPath, ['--input-type=module', '--eval', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    assert.ok(holder.stdout);
    await once(holder.stdout, 'data');
    return holder;
  }

  it('has one holder at a time', async () => {
    let inside = 0;
    const enter = async () => {
      assert.equal(++inside, 1);
      await delay(20);
      inside--;
    };
    await Promise.all([withLock(name, enter), withLock(name, enter), withLock(name, enter)]);
  });

  it('is free again when the work has failed', async () => {
    await assert.rejects(
      withLock(name, () => Promise.reject(new Error('the work failed'))),
      /the work failed/,
    );
    assert.equal(await withLock(name, () => Promise.resolve('in')), 'in');
  });

  it('is free again when the process that holds it is killed', async () => {
    const other = await takenElsewhere();
    let got = false;
    const mine = withLock(name, () => {
      got = true;
      return Promise.resolve();
    });
    await delay(600);
    assert.equal(got, false);
    other.kill('SIGKILL');
    await mine;
    assert.ok(got);
  });
});
