import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { skip } from '../support/skip.js';
import { importScript, replaceOnce, root, runScript } from './scripts.js';

const idl = path.join(root, 'native/idl/method_call.idl');
const generated = path.join(root, 'native/idl/generated');

const { kWidlVersion, widlVersion } = (await importScript('generated/proxy-stub.mjs')) as {
  kWidlVersion: string;
  widlVersion: () => string;
};

const check = (...args: string[]) => runScript('idl.mjs', '--check', ...args);

describe('the generated proxy/stub', function () {
  this.timeout(20_000);
  let folder = '';

  before(function () {
    if (process.platform === 'win32') skip(this, 'it is made with widl, on Debian only');
    const cache = path.join(root, '.cache');
    mkdirSync(cache, { recursive: true });
    folder = mkdtempSync(path.join(cache, 'idl-test-'));
  });

  after(() => {
    if (folder) rmSync(folder, { recursive: true });
  });

  /** Makes a copy of `file` and replaces its one `from` with `to`. */
  function changedCopy(file: string, from: string, to: string): string {
    const copy = path.join(folder, path.basename(file));
    writeFileSync(copy, replaceOnce(readFileSync(file, 'utf8'), from, to));
    return copy;
  }

  describe('made with the widl of the files in git', () => {
    before(function () {
      const here = widlVersion();
      if (here !== kWidlVersion) {
        skip(this, `the files in git come from widl ${kWidlVersion}; this machine has ${here}`);
      }
    });

    it('is the same as the files in git', () => {
      const { status, text } = check();
      assert.equal(status, 0, text);
    });

    it('differs when the interface has changed', () => {
      const changed = changedCopy(idl, 'BSTR description;', 'BSTR text;');
      const { status, text } = check('--idl', changed);
      assert.equal(status, 1, text);
      assert.match(text, /^-\s*BSTR description;$/m);
      assert.match(text, /^\+\s*BSTR text;$/m);
      assert.match(text, /npm run idl/);
    });

    it('differs when a file in git has changed or is missing', () => {
      const out = path.join(folder, 'generated');
      cpSync(generated, out, { recursive: true });
      assert.equal(check('--out', out).status, 0);

      const proxy = path.join(out, 'method_call_p.c');
      cpSync(changedCopy(proxy, '/* method 4 */', '/* method 5 */'), proxy);
      const changed = check('--out', out);
      assert.equal(changed.status, 1);
      assert.match(changed.text, /^-.*\/\* method 5 \*\/$/m);

      rmSync(proxy);
      assert.equal(check('--out', out).status, 1);
    });
  });

  it('is not made if its tables would pair the wrong interfaces', () => {
    const changed = changedCopy(idl, 'uuid(214C30C4', 'uuid(214C30FF');
    const { status, text } = check('--idl', changed);
    assert.equal(status, 1);
    assert.match(text, /choose a uuid/);
  });

  it('is not made if widl writes another text where a fix is needed', async () => {
    const { fix } = (await importScript('generated/widl-fixes.mjs')) as {
      fix: (text: string, oldPart: string, newPart: string) => string;
    };
    assert.equal(fix('a b c', 'b', '$&'), 'a $& c');
    assert.throws(() => fix('a c', 'b', 'd'), /wrote it 0 times/);
    assert.throws(() => fix('b b', 'b', 'd'), /wrote it 2 times/);
  });
});
