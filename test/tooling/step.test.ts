import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { importScript, root } from './scripts.js';

interface Step {
  name: string;
  stamp: string;
  files: string[];
  settings?: unknown;
  advice: string;
  work: () => Promise<void>;
}

const { runStep } = (await importScript('common/step.mjs')) as {
  runStep: (step: Step) => Promise<void>;
};

describe('runStep()', () => {
  let folder = '';
  let done = 0;
  let said = '';
  let work: () => void = () => undefined;
  const write = process.stderr.write.bind(process.stderr);

  beforeEach(() => {
    said = '';
    process.stderr.write = (text) => {
      said += String(text);
      return true;
    };
    folder = mkdtempSync(path.join(root, '.cache/step-test-'));
    mkdirSync(path.join(folder, 'in'));
    writeFileSync(path.join(folder, 'in/a'), '1');
    done = 0;
    work = () => undefined;
  });

  afterEach(() => {
    process.stderr.write = write;
    rmSync(folder, { recursive: true });
  });

  const run = (settings?: unknown) =>
    runStep({
      name: 'a step of the test',
      stamp: path.join(folder, 'out/.set-up'),
      files: [path.join(folder, 'in'), path.join(folder, 'not-there')],
      settings,
      advice: 'what to do',
      work: async () => {
        done++;
        await Promise.resolve();
        work();
      },
    });

  it('does the work once and prints its name', async () => {
    await run();
    await run();
    assert.equal(done, 1);
    assert.match(said, /^• a step of the test\n {2}done in [\d.]+ s\n$/);
  });

  it('does the work again when a file changes, appears, disappears or is renamed', async () => {
    const file = (name: string) => path.join(folder, 'in', name);
    await run();
    writeFileSync(file('a'), '2');
    await run();
    writeFileSync(file('b'), '');
    await run();
    rmSync(file('b'));
    await run();
    rmSync(file('a'));
    writeFileSync(file('c'), '2');
    await run();
    assert.equal(done, 5);
  });

  it('does the work again when the settings change', async () => {
    await run({ windows: 'win10' });
    await run({ windows: 'win11' });
    assert.equal(done, 2);
  });

  it('does the work again when its result was deleted', async () => {
    await run();
    rmSync(path.join(folder, 'out'), { recursive: true });
    await run();
    assert.equal(done, 2);
  });

  it('rejects with the step and the advice when the work fails, and does it again', async () => {
    work = () => {
      throw new Error('the work failed');
    };
    const failure = { message: 'a step of the test: the work failed', advice: 'what to do' };
    await assert.rejects(run(), failure);
    assert.deepEqual(readdirSync(folder), ['in']);
    await assert.rejects(run(), failure);
    assert.equal(done, 2);
  });

  it('does the work again when a later run failed and the inputs are the first ones again', async () => {
    await run('first');
    work = () => {
      throw new Error('the work failed');
    };
    await assert.rejects(run('second'));
    work = () => undefined;
    await run('first');
    assert.equal(done, 3);
  });
});
