import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { perMachine } from '../support/registered-module.js';
import { runScriptFile } from '../support/script-file.js';
import { importScript } from '../tooling/scripts.js';

type Step = { file: string; text: string } | { command: string[] } | { printed: string };

const cli = resolve('dist/cli/main.js');

// `npm run smoke` also does what this leaves out: it installs the package.
describe('docs/getting-started.md', function () {
  this.timeout(60_000);

  let folder = '';

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'async-com-'));
  });

  after(() => {
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  it('leads to a class that answers cscript', async () => {
    const { gettingStarted } = (await importScript('smoke/getting-started.mjs')) as {
      gettingStarted: () => Step[];
    };
    const done: string[] = [];
    let output: string[] = [];
    for (const step of gettingStarted()) {
      if ('file' in step) writeFileSync(join(folder, step.file), step.text);
      else if ('printed' in step) assert.deepEqual(output, step.printed.split('\n'));
      else output = await run(step.command, done);
    }
    assert.deepEqual(done, ['register', 'cscript', 'unregister']);
  });

  /** Notes in `done` what was run. Returns what it printed. */
  async function run([program, ...args]: readonly string[], done: string[]): Promise<string[]> {
    if (program === 'cscript') {
      done.push(program);
      return runScriptFile(join(folder, args.at(-1) ?? ''));
    }
    if (program !== 'npx') return [];
    const [, command = '', ...rest] = args;
    done.push(command);
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [cli, command, ...(perMachine ? ['--machine'] : []), ...rest],
      { cwd: folder, encoding: 'utf8' },
    );
    assert.equal(status, 0, stderr);
    return stdout.split(/\r?\n/);
  }
});
