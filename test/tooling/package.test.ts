import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';

import { skip } from '../support/skip.js';
import { root } from './scripts.js';

interface Manifest {
  readonly bin: Readonly<Record<string, string>>;
  readonly types: string;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly gypfile: boolean;
}

const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as Manifest &
  Partial<Record<string, unknown>>;

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

/** Returns the files that package.json names, and the files that the addon is built from. */
function needed(): string[] {
  const cmake = ['CMakeLists.txt', 'cmake/addon.cmake', 'cmake/node_api.cmake']
    .map((file) => readFileSync(path.join(root, file), 'utf8'))
    .join('\n');
  const exported = Object.values(manifest.exports).flatMap((one) =>
    typeof one === 'string' ? [one] : Object.values(one),
  );
  const pointedTo = [...Object.values(manifest.bin), manifest.types, ...exported];
  const sources = (cmake.match(/native[\w/.]+\.\w+/g) ?? []).filter(
    (file) => !file.startsWith('native/testing/'),
  );
  return [
    ...pointedTo.map((file) => path.posix.normalize(file)),
    ...withIncludes(sources),
    ...['CMakeLists.txt', 'cmake/addon.cmake', 'cmake/debug_symbols.cmake', 'README.md', 'LICENSE'],
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

// `npm run smoke` installs the package, and uses it.
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

  it('has no tests, no results of other builds, and nothing that npm would build', async () => {
    const others = [...(await packed())].filter((file) =>
      /^(test|bench|soak|build|scripts|native\/testing|\.cache|node_modules)\/|^binding\.gyp$/.test(
        file,
      ),
    );
    assert.deepEqual(others, []);
  });

  it('runs no script when it is installed, and needs no compiler', () => {
    assert.equal(manifest.gypfile, false);
    for (const name of ['preinstall', 'install', 'postinstall', 'prepare']) {
      assert.equal(manifest.scripts[name], undefined, name);
    }
    const builders = /gyp|cmake|node-addon-api|prebuild/;
    assert.deepEqual(
      Object.keys(manifest.dependencies).filter((name) => builders.test(name)),
      [],
    );
  });

  it('can be installed on every system', () => {
    assert.deepEqual([manifest['os'], manifest['cpu']], [undefined, undefined]);
  });

  it('has DLLs that need only those of Windows', function () {
    if (process.platform === 'win32') skip(this, 'the package is made on Debian');
    const ofWindows = [
      ...['advapi32', 'kernel32', 'msvcrt', 'ole32', 'oleaut32', 'rpcrt4', 'user32'],
    ];
    const folder = path.join(root, 'build', 'Release');
    for (const name of ['async_com.node', 'async_com_ps.dll']) {
      const file = path.join(folder, name);
      const { stdout } = spawnSync('x86_64-w64-mingw32-objdump', ['-p', file], {
        encoding: 'utf8',
        maxBuffer: 2 ** 26,
      });
      const imported = [...stdout.matchAll(/DLL Name: (.*)\.dll/gi)].map(([, dll = '']) =>
        dll.toLowerCase(),
      );
      assert.ok(imported.includes('kernel32'), name);
      assert.deepEqual(
        imported.filter((dll) => !ofWindows.includes(dll)),
        [],
        name,
      );
    }
  });
});
