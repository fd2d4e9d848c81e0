import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';

import { questions } from '#lib/verify/rules/questions.js';
import { rules } from '#lib/verify/rules/all-rules.js';
import { sources } from '#lib/verify/rules/sources.js';

/** Returns the ids of rules in a text. `IMP-2 to IMP-5` names the four of them. */
function named(text: string): Set<string> {
  const ids = new Set<string>();
  for (const [, family = '', first = '', last = first] of text.matchAll(
    /\b(IMP|CALL|SEC)-(\d+)(?: to \1-(\d+))?\b/g,
  )) {
    for (let number = Number(first); number <= Number(last); ++number) {
      ids.add(`${family}-${String(number)}`);
    }
  }
  return ids;
}

const ids = rules.map(({ id }) => id).sort();

describe('docs/contract.md', () => {
  let text: string;

  before(async () => {
    text = await readFile('docs/contract.md', 'utf8');
  });

  it('names every rule, and no other', () => {
    assert.deepEqual([...named(text)].sort(), ids);
  });

  it('has every page that a rule names, except that of DuplicateTokenEx', () => {
    for (const { title, url } of Object.values(sources)) {
      if (title !== 'DuplicateTokenEx') assert.ok(text.includes(url), url);
    }
  });

  it('says which rules rest on no sentence: those of async-com', () => {
    const [, section = ''] = text.split('## Rules that rest on no sentence');
    const rows = [...section.matchAll(/^\| ([A-Z]+-\d+) \|/gm)].map(([, id]) => id);
    const own = rules.filter(({ basis }) => basis === 'product').map(({ id }) => id);
    assert.deepEqual(rows, own);
  });
});

describe('docs/windows.md', () => {
  let text: string;

  before(async () => {
    text = await readFile('docs/windows.md', 'utf8');
  });

  it('says of every rule where it was seen, in the order of the rules', () => {
    const rows = [...text.matchAll(/^\| ([A-Z]+-\d+) \|/gm)].map(([, id]) => id);
    assert.deepEqual(
      rows,
      rules.map(({ id }) => id),
    );
  });

  it('has every open question', () => {
    for (const { id, question } of questions) {
      assert.ok(text.includes(`| \`${id}\` | ${question} |`), id);
    }
  });
});
