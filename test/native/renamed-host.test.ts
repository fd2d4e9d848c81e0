import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';

describe('a host that is not called node.exe', () => {
  let folder = '';

  before(() => {
    folder = mkdtempSync(path.resolve('.cache/renamed-host-'));
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('loads the addon', () => {
    const host = path.join(folder, 'app.exe');
    copyFileSync(process.execPath, host);
    const script = `
      import { processToken } from 'async-com';
      const token = await processToken();
      console.log(JSON.stringify([process.execPath, token.type]));`;
    const output = execFileSync(host, ['--input-type=module', '--eval', script], {
      encoding: 'utf8',
    });
    assert.deepEqual(JSON.parse(output), [host, 'primary']);
  });
});
