import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

const program = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
const config = resolve('scripts/lint/library-rooms.mjs');

/** The names of the rules that these files break. */
function brokenBy(files: Readonly<Record<string, string>>): string[] {
  const folder = mkdtempSync(join(tmpdir(), 'async-com-rooms-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const args = [program, '--config', config, '--output-type', 'json', 'lib'];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    assert.notEqual(stdout, '', stderr);
    const { summary } = JSON.parse(stdout) as {
      summary: { violations: { rule: { name: string } }[] };
    };
    return [...new Set(summary.violations.map(({ rule }) => rule.name))].sort();
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the linter’s rules about imports in lib/', () => {
  it('allow imports of earlier rooms', () => {
    const files = {
      'lib/index.ts': "export * from './server/server.js';",
      'lib/server/server.ts': "import '../errors/com-error.js';",
      'lib/errors/com-error.ts': 'export {};',
    };
    assert.deepEqual(brokenBy(files), []);
  });

  for (const [what, rule, files] of [
    [
      'a room that imports a later one',
      'errors-imports-earlier-rooms',
      { 'lib/errors/a.ts': "import '../server/b.js';", 'lib/server/b.ts': 'export {};' },
    ],
    [
      'a server that imports a client',
      'server-imports-earlier-rooms',
      { 'lib/server/a.ts': "import '../client/b.js';", 'lib/client/b.ts': 'export {};' },
    ],
    [
      'a doctor that imports verify',
      'doctor-imports-earlier-rooms',
      { 'lib/doctor/a.ts': "import '../verify/b.js';", 'lib/verify/b.ts': 'export {};' },
    ],
    [
      'a circle at run time',
      'no-circle',
      { 'lib/value/a.ts': "import './b.js';", 'lib/value/b.ts': "import './a.js';" },
    ],
    [
      'a circle of types',
      'no-circle',
      {
        'lib/value/a.ts': "import type { B } from './b.js'; export type A = B | 1;",
        'lib/value/b.ts': "import type { A } from './a.js'; export type B = A[];",
      },
    ],
    [
      'a file in the root that imports something',
      'every-file-has-a-room',
      { 'lib/a.ts': "import './value/b.js';", 'lib/value/b.ts': 'export {};' },
    ],
    [
      'a file in the root that is imported',
      'every-import-has-a-room',
      { 'lib/value/b.ts': "import '../a.js';", 'lib/a.ts': 'export {};' },
    ],
    [
      'a file that imports the index',
      'nothing-imports-the-index',
      { 'lib/cli/a.ts': "import '../index.js';", 'lib/index.ts': 'export {};' },
    ],
    [
      'a library that needs verify',
      'the-library-needs-no-command',
      { 'lib/index.ts': "import './verify/b.js';", 'lib/verify/b.ts': 'export {};' },
    ],
  ] as const) {
    it(`find ${what}`, () => {
      assert.deepEqual(brokenBy(files), [rule]);
    });
  }
});
