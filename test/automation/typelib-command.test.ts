import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { headerOf } from '#lib/automation/header.js';
import { idlOf } from '#lib/automation/idl.js';
import { derivedId, describeTypeLibrary } from '#lib/automation/type-library.js';
import { writeTypeLibrary } from '#lib/automation/write-type-library.js';

import { files, line } from '../support/described-classes.js';
import { typeLibraryProgram } from '../support/type-library.js';

function typelib(...args: string[]) {
  return spawnSync(process.execPath, ['dist/cli/main.js', 'typelib', ...args], {
    encoding: 'utf8',
  });
}

describe('async-com typelib', function () {
  this.timeout(60_000);

  let folder = '';
  let module = '';

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'async-com-'));
    module = join(folder, 'acme-files.mjs');
    const urlOf = (file: string): string => JSON.stringify(pathToFileURL(resolve(file)).href);
    writeFileSync(
      module,
      `import { createServer } from ${urlOf('dist/index.js')};
      import { files, line } from ${urlOf('.cache/test-build/support/described-classes.js')};
      const server = (description) => Object.assign(
        createServer({ clsid: description.clsid ?? description.iid, methods: { none() {} } }),
        { description },
      );
      export default [server(files), server(line)];`,
    );
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('writes the library, its IDL and its header, the same in each process', async () => {
    const [tlb, idl, header, ours] = ['x.tlb', 'x.idl', 'x.h', 'ours.tlb'].map((name) =>
      join(folder, name),
    ) as [string, string, string, string];
    const { status, stdout, stderr } = typelib(
      ...[module, '--out', tlb, '--idl', idl, '--header', header],
    );
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
    assert.match(stdout, /^wrote .*\\x\.tlb: AcmeFiles 1\.0 \{.*\}, with Files, Line\r?\n/);
    const library = describeTypeLibrary([files, line], { name: 'AcmeFiles' });
    await writeTypeLibrary(library, ours);
    assert.ok(readFileSync(tlb).equals(readFileSync(ours)));
    assert.equal(readFileSync(idl, 'utf8'), idlOf(library));
    assert.equal(readFileSync(header, 'utf8'), headerOf(library));
  });

  it('gives the library the name, the id and the version that are asked for', async () => {
    const tlb = join(folder, 'named.tlb');
    const libid = derivedId('{}', 'test');
    const { status } = typelib(
      ...[module, '--out', tlb, '--name', 'Other', '--libid', libid],
      ...['--lib-version', '3.12', '--describe', 'Other things'],
    );
    assert.equal(status, 0);
    assert.equal(
      (await typeLibraryProgram('read', tlb))[0],
      `library Other ${libid} 3.12 lcid 0 flags 8 win64 "Other things"`,
    );
  });

  it('writes nothing and says why when it cannot', () => {
    const plain = join(folder, 'plain.mjs');
    writeFileSync(
      plain,
      `export default { clsid: '${derivedId('{}', 'plain')}', methods: { 'a-b'() {} } };`,
    );
    const out = join(folder, 'none.tlb');
    const failures: readonly (readonly [args: string[], said: RegExp])[] = [
      [[module], /^error: nothing to write/],
      [[plain, '--out', out], /^error: .*a-b/],
      [['none.mjs', '--out', out], /^error: there is no module/],
      [[module, '--out', out, '--name', 'a b'], /^error: options\.name must be an identifier/],
      [[module, '--out', out, '--lib-version', '1'], /^error: --lib-version must be like 1\.0/],
      [[module, '--out', out, '--name', 'Mode'], /^error: options\.name must not be the name of/],
    ];
    for (const [args, said] of failures) {
      const { status, stderr } = typelib(...args);
      assert.match(stderr, said);
      assert.equal(status, 1);
      assert.ok(!existsSync(out));
    }
  });
});
