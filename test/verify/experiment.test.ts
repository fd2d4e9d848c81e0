import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { startNewProcess } from '#lib/ipc/start-new-process.js';
import { native } from '#lib/native/addon.js';
import { questions } from '#lib/verify/rules/questions.js';

import { testAddonEnv } from '../support/test-addon.js';

const script = fileURLToPath(new URL('../fixtures/experiment.js', import.meta.url));

interface Ran {
  readonly code: unknown;
  readonly values: Readonly<Record<string, string>> | null;
}

/** Runs an experiment as `npm run answers` does. */
async function run(name: string, env = process.env): Promise<Ran> {
  const folder = await mkdtemp(join(tmpdir(), 'async-com-'));
  const file = join(folder, 'values.json');
  try {
    // Without a pipe: for a single-threaded apartment Wine starts a desktop process, which would
    // inherit the pipe and keep it open.
    const child = startNewProcess(() =>
      spawn(process.execPath, [script, name, file], { env, stdio: 'ignore' }),
    );
    const [code] = (await once(child, 'exit')) as unknown[];
    const values = existsSync(file)
      ? (JSON.parse(readFileSync(file, 'utf8')) as Ran['values'])
      : null;
    return { code, values };
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe('an experiment', function () {
  this.timeout(60_000);

  it('calls from one apartment of a process to another', async () => {
    const { code, values } = await run('apartments');
    // On Windows nobody has seen yet what happens.
    if (native.wineVersion() === null) return;
    assert.equal(code, 0);
    assert.deepEqual(values, {
      ...{ apartment: 'S_OK', proxyStub: 'S_OK', unmarshal: 'S_OK' },
      ...{ callFactory: 'E_NOINTERFACE', call: 'S_OK', path: 'bridge' },
    });
  });

  it('makes a call whose Begin_ fails at the server', async () => {
    const { code, values } = await run('failed-begin', testAddonEnv);
    assert.equal(code, 0);
    const names = Object.keys(values ?? {});
    assert.deepEqual(names, ['path', 'begin', 'wait', 'finish', 'handlers']);
  });

  it('sees nothing without the test addon, or under an unknown name', async () => {
    for (const name of ['failed-begin', 'none']) {
      const { code, values } = await run(name);
      assert.deepEqual([code, values], [1, null]);
    }
  });

  it('exists for every question that one answers', async () => {
    const source = await readFile('test/fixtures/experiment.ts', 'utf8');
    for (const { source: from } of questions) {
      if ('experiment' in from) assert.match(source, new RegExp(`async '?${from.experiment}'?\\(`));
    }
  });
});
