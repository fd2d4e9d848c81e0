import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { windowsFile } from '../support/answer-file.js';
import { runScript } from './scripts.js';

describe('npm run answers', function () {
  this.timeout(60_000);

  let folder: string;

  before(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'async-com-'));
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  function read(text: string): ReturnType<typeof runScript> {
    const file = path.join(folder, 'answers.json');
    writeFileSync(file, text);
    return runScript('answers.mjs', '--read', file);
  }

  it('reads a file, and exits with 0 if Windows has answered everything', () => {
    const { status, text } = read(JSON.stringify(windowsFile()));
    assert.equal(status, 0, text);
    assert.match(
      text,
      /^async-com 0\.1\.0 on Microsoft Windows Server 2022 \(win22 20260101\.1\)$/m,
    );
    assert.match(text, /questions answered by Windows, 0 things to do$/m);
  });

  it('exits with 1 if something is left to do, and says what', () => {
    const { status, text } = read(JSON.stringify(windowsFile({ cancel: 'CO_E_CANCEL_DISABLED' })));
    assert.equal(status, 1, text);
    assert.match(text, /^ {2}do: Call CoEnableCallCancellation/m);
    assert.match(text, /1 thing to do$/m);
  });

  for (const [what, text, said] of [
    ['is not JSON', '', /answers\.json: it is not JSON: /],
    ['has another version', '{"format":"async-com-answers","version":9}', /version must be 1/],
    ['lacks a part', '{"format":"async-com-answers","version":1}', /versions must be an object/],
  ] as const) {
    it(`exits with 1 for a file that ${what}`, () => {
      const result = read(text);
      assert.equal(result.status, 1, result.text);
      assert.match(result.text, said);
    });
  }

  it('exits with 1 for a file that does not exist, and for other arguments', () => {
    const missing = runScript('answers.mjs', '--read', path.join(folder, 'none.json'));
    assert.equal(missing.status, 1);
    assert.match(missing.text, /cannot read .*none\.json/);
    for (const args of [[], ['--read'], ['--double'], ['--write', 'file'], ['one', 'two']]) {
      const { status, text } = runScript('answers.mjs', ...args);
      assert.equal(status, 1, args.join(' '));
      assert.match(
        text,
        /Usage: npm run answers -- \[--double\] FILE, or npm run answers -- --read FILE/,
      );
    }
  });
});
