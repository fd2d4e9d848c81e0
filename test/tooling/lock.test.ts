import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';

const root = path.resolve(import.meta.dirname, '../../..');
const script = pathToFileURL(path.join(root, 'scripts/common/lock.mjs')).href;
const { withLock } = (await import(script)) as {
  withLock: <T>(name: string, work: () => Promise<T>) => Promise<T>;
};

describe('the lock of set-up', () => {
  const name = `test-${String(process.pid)}`;
  let holder: ChildProcess | undefined;

  afterEach(() => holder?.kill('SIGKILL'));

  /** Another process that takes the lock and keeps it. */
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

  it('is held by one at a time', async () => {
    let inside = 0;
    const enter = async () => {
      assert.equal(++inside, 1);
      await delay(20);
      inside--;
    };
    await Promise.all([withLock(name, enter), withLock(name, enter), withLock(name, enter)]);
  });

  it('is free again after a failure', async () => {
    await assert.rejects(
      withLock(name, () => Promise.reject(new Error('no luck'))),
      /no luck/,
    );
    assert.equal(await withLock(name, () => Promise.resolve('in')), 'in');
  });

  it('waits for the process that has it, and gets it when that is killed', async () => {
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
