import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const table = readFileSync('test/interop/AUTOMATION.md', 'utf8');

/** Returns the tests that a table names and that do not exist. */
function missing(text: string): string[] {
  return namedIn(text)
    .filter(({ file, title }) => {
      const path = join('test', file);
      return !existsSync(path) || !readFileSync(path, 'utf8').includes(title);
    })
    .map(({ file, title }) => `${file}: ${title}`);
}

function namedIn(text: string): { file: string; title: string }[] {
  return [...text.matchAll(/`([^`]+\.test\.ts)` "([^"]+)"/g)].map(([, file = '', title = '']) => ({
    file,
    title,
  }));
}

function rowsOf(text: string): string[] {
  return text.split('\n').filter((line) => /^\| (?!---|promise)/.test(line));
}

describe('the table of what automation promises', () => {
  it('names tests that exist', () => {
    assert.deepEqual(missing(table), []);
  });

  it('names a test for every promise', () => {
    const rows = rowsOf(table);
    assert.ok(rows.length > 50);
    assert.deepEqual(
      rows.filter((row) => namedIn(row).length === 0),
      [],
    );
  });

  it('is not believed when it names a test that does not exist (control)', () => {
    const row = '| It works. | `interop/automation.test.ts` "works" |';
    assert.deepEqual(missing(row), ['interop/automation.test.ts: works']);
    assert.deepEqual(missing(row.replace('automation', 'none')), ['interop/none.test.ts: works']);
  });
});
