import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { describeTypeLibrary } from '#lib/automation/type-library.js';
import { writeTypeLibrary } from '#lib/automation/write-type-library.js';
import { native } from '#lib/native/addon.js';
import { newClsid } from '#lib/value/identifiers.js';

import { describedCatalogue, registerCatalogue } from '../support/catalogue.js';
import { csharpInterface } from '../support/csharp-interface.js';
import { whyNoDotnet } from '../support/dotnet.js';
import { Program } from '../support/program.js';
import type { RegisteredModule } from '../support/registered-module.js';
import { skip } from '../support/skip.js';

// A C# client that knows the interface when it is compiled: test/interop/dotnet/early-bound. The interface
// is generated from what the server says of its class.

describe('a class with an interface in C#', function () {
  this.timeout(60_000);

  const clsid = newClsid();
  const description = describedCatalogue(clsid);
  let folder: string | undefined;
  let registered: RegisteredModule;

  const play = (scene: string, source = csharpInterface(description)) => {
    const file = join(folder ?? '', 'interface.cs');
    writeFileSync(file, source);
    const [script = '', client = ''] = ['client.ps1', 'client.cs'].map((name) =>
      resolve('test/interop/dotnet/early-bound', name),
    );
    return Program.runDotnet('powershell', script, file, client, scene);
  };

  before(async function () {
    const reason = whyNoDotnet();
    if (reason !== undefined) skip(this, reason);
    folder = mkdtempSync(join(tmpdir(), 'async-com-'));
    const typeLibrary = join(folder, 'catalogue.tlb');
    await writeTypeLibrary(describeTypeLibrary([description]), typeLibrary);
    // The library says that the interface is marshaled as IDispatch is.
    registered = await registerCatalogue('AsyncCom.Catalogue', clsid, { typeLibrary });
  });

  after(async () => {
    await (registered as RegisteredModule | undefined)?.[Symbol.asyncDispose]();
    if (folder !== undefined) rmSync(folder, { recursive: true });
  });

  it('is called by the numbers of its members', async () => {
    const { code, lines } = await play('PlayMembers');
    assert.deepEqual(lines, [
      '5 3',
      'abab ab-ab',
      'covers 3',
      '12.3456 79228162514264337593543950335 2024-02-29T12:34:56',
      'True 0.5',
      '42',
      '1,4,9',
      'A,BC',
      '3 2 6.5',
      'Array',
      'two two',
      'one,two,three',
    ]);
    assert.equal(code, 0);
  });

  it('raises errors', async function () {
    if (native.wineVersion() !== null) {
      skip(this, 'under Wine .NET dies of any error of an early-bound call of IDispatch');
    }
    const { code, lines } = await play('PlayErrors');
    assert.deepEqual(lines, [
      'UnauthorizedAccessException 80070005 AsyncCom.Catalogue as asked',
      '2',
    ]);
    assert.equal(code, 0);
  });

  it('is not called by another interface (control)', async () => {
    const another = { ...description, iid: newClsid() };
    const { code, lines } = await play('PlayMembers', csharpInterface(another));
    assert.match(lines.join('\n'), /^error: .*80004002/); // E_NOINTERFACE
    assert.equal(code, 1);
  });
});
