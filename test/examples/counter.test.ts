import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { RegisteredExample } from '../support/registered-example.js';
import { runScriptFile } from '../support/script-file.js';

const header = 'examples/cpp-client/generated/counter.h';

describe('the example counter', function () {
  this.timeout(60_000);

  let example: RegisteredExample;

  before(async () => {
    example = await RegisteredExample.register('counter/counter.mjs');
  });

  after(() => example[Symbol.asyncDispose]());

  it('prints from VBScript what its README says', async () => {
    const readme = readFileSync('examples/counter/README.md', 'utf8').replaceAll('\r', '');
    const [, printed = ''] = /^```text\n(.*?)^```$/ms.exec(readme) ?? [];
    const lines = await runScriptFile(resolve('examples/counter/counter.vbs'));
    assert.deepEqual(lines, printed.trimEnd().split('\n'));
  });

  it('answers the client in C++, which knows its numbers', async () => {
    const client = resolve('build/tests/build/Release/example_cpp_client.exe');
    const { stdout } = await promisify(execFile)(client, { timeout: 30_000 });
    assert.equal(stdout.trim(), '42');
  });

  it('has the header that the client in C++ includes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'async-com-'));
    try {
      const made = join(folder, 'counter.h');
      await promisify(execFile)(
        process.execPath,
        ['dist/cli/main.js', 'typelib', 'examples/counter/counter.mjs', '--header', made],
        { timeout: 30_000 },
      );
      assert.equal(readFileSync(header, 'utf8').replaceAll('\r', ''), readFileSync(made, 'utf8'));
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
