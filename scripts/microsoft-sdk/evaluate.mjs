// Asks clang for the values that names have in Microsoft's headers.
import { rmSync, writeFileSync } from 'node:fs';

import { inCache } from '../common/project.mjs';
import { runClang } from './clang.mjs';

/**
 * Returns the values of those names that are integer constants. clang says what each is: it does not
 * know the name, it is no constant, it is 0, or an assertion that it is 0 fails, with its value.
 * @param {readonly string[]} headers
 * @param {readonly string[]} names
 * @returns {Promise<Map<string, number>>}
 */
export async function constantsOf(headers, names) {
  const lines = [
    ...headers.map((header) => `#include <${header}>`),
    // Without parentheses, so that a macro with parameters stays a plain name.
    ...names.map((name) => `static_assert((long long)(${name}) == 0, "");`),
  ];
  const messages = await messagesOf(lines);
  /** @type {Map<string, number>} */
  const values = new Map();
  for (const [place, name] of names.entries()) {
    const said = messages.get(headers.length + place + 1);
    if (said === undefined) values.set(name, 0);
    const value = /evaluates to '(-?\d+) == 0'/.exec(said ?? '')?.[1];
    if (value !== undefined) values.set(name, Number(value));
  }
  return values;
}

/**
 * @param {readonly string[]} lines a source
 * @returns {Promise<Map<number, string>>} what clang says about each line, by number
 */
async function messagesOf(lines) {
  const source = inCache(`evaluate-${process.pid}.cpp`);
  try {
    writeFileSync(source, lines.map((line) => `${line}\n`).join(''));
    const args = ['-fsyntax-only', '-ferror-limit=0', '-fno-caret-diagnostics', source];
    const { messages } = await runClang({ processor: 'x64', language: 'c++', args });
    /** @type {Map<number, string>} */
    const said = new Map();
    for (const line of messages.split('\n')) {
      const [, number, text = ''] = line.startsWith(source)
        ? (/^:(\d+):\d+: (.*)$/.exec(line.slice(source.length)) ?? [])
        : [];
      if (number !== undefined)
        said.set(Number(number), `${said.get(Number(number)) ?? ''}${text}\n`);
    }
    return said;
  } finally {
    rmSync(source, { force: true });
  }
}
