import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { skip } from '../support/skip.js';
import { importScript } from './scripts.js';

const { updateDotnet } = (await importScript('setup/dotnet-build.mjs')) as {
  updateDotnet: () => Promise<void>;
};

describe('the set-up of the .NET programs', () => {
  const noSdk = 'there is no .NET SDK 10 on the PATH';
  const before = { path: process.env['PATH'], reason: process.env['ASYNC_COM_WITHOUT_DOTNET'] };
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'async-com-'));
    process.env['PATH'] = folder;
  });

  afterEach(() => {
    rmSync(folder, { recursive: true });
    process.env['PATH'] = before.path;
    if (before.reason === undefined) delete process.env['ASYNC_COM_WITHOUT_DOTNET'];
    else process.env['ASYNC_COM_WITHOUT_DOTNET'] = before.reason;
  });

  it('tells the tests that there is no SDK if dotnet is not on the PATH', async () => {
    await updateDotnet();
    assert.equal(process.env['ASYNC_COM_WITHOUT_DOTNET'], noSdk);
  });

  it('tells the tests that there is no SDK if dotnet has another SDK only', async function () {
    if (process.platform === 'win32')
      skip(this, 'a program in its place is a script, on Debian only');
    const dotnet = path.join(folder, 'dotnet');
    writeFileSync(dotnet, '#!/bin/sh\necho "8.0.100 [/usr/share/dotnet/sdk]"\n');
    chmodSync(dotnet, 0o755);
    await updateDotnet();
    assert.equal(process.env['ASYNC_COM_WITHOUT_DOTNET'], noSdk);
  });
});
