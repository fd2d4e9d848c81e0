import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

import { root } from './scripts.js';

interface Manifest {
  readonly bin: Readonly<Record<string, string>>;
  readonly types: string;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
}

const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest;

/** Returns the files of the package, without `leftOut`. */
async function packed(leftOut?: string): Promise<Set<string>> {
  const { stdout } = await promisify(execFile)(
    'npm',
    ['pack', '--dry-run', '--json', '--ignore-scripts'],
    { cwd: root, shell: process.platform === 'win32', maxBuffer: 2 ** 24 },
  );
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  return new Set(files.map((file) => file.path).filter((file) => file !== leftOut));
}

/** Returns the files that package.json names, and the files that node-gyp builds from. */
function needed(): string[] {
  const gyp = readFileSync(path.join(root, 'binding.gyp'), 'utf8');
  const exported = Object.values(manifest.exports).flatMap((one) =>
    typeof one === 'string' ? [one] : Object.values(one),
  );
  const pointedTo = [...Object.values(manifest.bin), manifest.types, ...exported];
  return [
    ...pointedTo.map((file) => path.posix.normalize(file)),
    ...withIncludes(gyp.match(/native[\w/.]+\.\w+/g) ?? []),
    ...['binding.gyp', 'scripts/install.mjs', 'README.md', 'LICENSE'],
  ];
}

/** Returns the sources and the project's headers that they include, directly or not. */
function withIncludes(sources: readonly string[]): Set<string> {
  const all = new Set<string>();
  const add = (named: string): void => {
    const file = path.posix.normalize(named);
    if (all.has(file)) return;
    all.add(file);
    for (const [, name = ''] of readFileSync(path.join(root, file), 'utf8').matchAll(
      /^#include "(.+)"/gm,
    )) {
      const found = ['native', 'native/idl/generated']
        .map((folder) => `${folder}/${name}`)
        .find((one) => existsSync(path.join(root, one)));
      if (found !== undefined) add(found);
    }
  };
  sources.forEach(add);
  return all;
}

function missing(files: Set<string>): string[] {
  return needed().filter((file) => !files.has(file));
}

describe('the package', function () {
  this.timeout(60_000);

  it('has the files that its manifest names, and the files that the addon is built from', async () => {
    assert.ok(needed().length > 100);
    assert.deepEqual(missing(await packed()), []);
  });

  it('lacks a file that is left out (control)', async () => {
    const files = await packed('dist/cli/main.js');
    assert.deepEqual(missing(files), ['dist/cli/main.js']);
  });

  it('has no tests and no build results', async () => {
    const others = [...(await packed())].filter((file) =>
      /^(test|bench|soak|build|\.cache|node_modules)\//.test(file),
    );
    assert.deepEqual(others, []);
  });
});
