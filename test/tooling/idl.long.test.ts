import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { skipWithoutMicrosoftSdk } from './microsoft-sdk.js';
import { importScript, replaceOnce, root, runScript } from './scripts.js';

const idl = path.join(root, 'native/idl/method_call.idl');
const generated = path.join(root, 'native/idl/generated');

const check = (...args: string[]) => runScript('idl.mjs', '--check', ...args);

describe('the generated proxy/stub', function () {
  this.timeout(60_000);

  describe('made with MIDL', () => {
    let folder = '';

    before(async function () {
      await skipWithoutMicrosoftSdk(this);
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

    it('is the same as the files in git', () => {
      const { status, text } = check();
      assert.equal(status, 0, text);
    });

    it('differs when the interface has changed (control)', () => {
      const changed = changedCopy(idl, 'BSTR description;', 'BSTR text;');
      const { status, text } = check('--idl', changed);
      assert.equal(status, 1, text);
      assert.match(text, /^-\s*BSTR description;$/m);
      assert.match(text, /^\+\s*BSTR text;$/m);
      assert.match(text, /npm run idl:midl/);
    });

    it('differs when a file in git has changed or is missing (control)', () => {
      const out = path.join(folder, 'generated');
      cpSync(generated, out, { recursive: true });
      const proxy = path.join(out, 'method_call_p_x86.c');
      cpSync(changedCopy(proxy, '/* x86 Stack size/offset = 28 */', '/* 29 */'), proxy);
      rmSync(path.join(out, 'method_call_p_arm64.c'));
      const { status, text } = check('--out', out);
      assert.equal(status, 1);
      assert.match(text, /^-.*\/\* 29 \*\/$/m);
      assert.match(text, /method_call_p_arm64\.c is not current/);
    });
  });

  it('is not made if MIDL does not write what must be changed', async () => {
    const { mendProxy } = (await importScript('generated/proxy-stub.mjs')) as {
      mendProxy: (text: string) => string;
    };
    assert.equal(mendProxy('extern const MIDL_SERVER_INFO a;'), 'static const MIDL_SERVER_INFO a;');
    assert.throws(() => mendProxy('const MIDL_SERVER_INFO a;'), /MIDL must write/);
  });
});
