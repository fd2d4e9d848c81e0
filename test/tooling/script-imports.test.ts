import assert from 'node:assert/strict';
import path from 'node:path';

import { ESLint } from 'eslint';

import { root } from './scripts.js';

describe('the linter’s rule for scripts that run before `npm ci`', function () {
  this.timeout(20_000);
  const eslint = new ESLint({ cwd: root });

  async function problems(script: string, imported: string): Promise<number> {
    const [result] = await eslint.lintText(`import '${imported}';\n`, {
      filePath: path.join(root, script),
    });
    return result?.errorCount ?? 0;
  }

  for (const [script, imported] of [
    ['scripts/start.mjs', 'commander'],
    ['scripts/start.mjs', './testing/run-tests.mjs'],
    ['scripts/common/step.mjs', 'commander'],
    ['scripts/setup/npm.mjs', '../lint/linters.mjs'],
    ['scripts/windows-node/run.mjs', '../../dist/index.js'],
  ] as const) {
    it(`forbids ${script} to import ${imported}`, async () => {
      assert.equal(await problems(script, imported), 1);
    });
  }

  for (const [script, imported] of [
    ['scripts/start.mjs', './setup/index.mjs'],
    ['scripts/setup/npm.mjs', 'node:fs'],
    ['scripts/setup/npm.mjs', './index.mjs'],
    ['scripts/windows-node/run.mjs', '../common/child.mjs'],
    ['scripts/testing/mocha.mjs', 'mocha'],
  ] as const) {
    it(`allows ${script} to import ${imported}`, async () => {
      assert.equal(await problems(script, imported), 0);
    });
  }
});
