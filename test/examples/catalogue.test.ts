import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { createObject, type RemoteObject } from 'async-com';

import { RegisteredExample } from '../support/registered-example.js';
import { RegisteredModule } from '../support/registered-module.js';
import { runScriptFile } from '../support/script-file.js';

describe('the example catalogue', function () {
  this.timeout(60_000);

  let folder = '';

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'async-com-'));
    writeFileSync(join(folder, 'a.txt'), 'the text of a');
    writeFileSync(join(folder, 'b.txt'), 'b');
    mkdirSync(join(folder, 'no file'));
  });

  after(() => {
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  it('answers VBScript', async () => {
    await using _ = await RegisteredExample.register('catalogue/catalogue.mjs', { args: [folder] });
    assert.deepEqual(await runScriptFile(resolve('examples/catalogue/catalogue.vbs')), [
      'a.txt, 13 bytes',
      'b.txt, 1 bytes',
      '2 files',
      'the text of a',
      'note: read this first',
      '80070002: there is no file ..\\secret.txt',
    ]);
  });

  it('refuses a client that may not write', async () => {
    const module = JSON.stringify(pathToFileURL(resolve('examples/catalogue/catalogue.mjs')).href);
    await using registered = await RegisteredModule.register({
      more: `import { Catalogue } from ${module};`,
      options: `class: Catalogue,
        create: () => new Catalogue(${JSON.stringify(folder)}, 'D:(A;;GR;;;WD)')`,
    });
    using catalogue = await createObject(registered.clsid);
    using file = (await catalogue.call('item', 'a.txt')) as RemoteObject;
    await assert.rejects(file.call('annotate', 'mine'), {
      code: 'E_ACCESSDENIED',
      origin: 'handler',
      message: 'you may only read',
    });
    assert.equal(await file.get('note'), '');
    assert.ok((await file.get('modified')) instanceof Date);
  });
});
