// Reads docs/getting-started.md: the commands to type, the files to save, and what is printed.
import { readFileSync } from 'node:fs';

import { inRoot } from '../common/project.mjs';

/**
 * A step of the page.
 * @typedef {{ file: string, text: string } | { command: string[] } | { printed: string }} Step
 */

/** @returns {Step[]} in the order of the page */
export function gettingStarted() {
  const page = readFileSync(inRoot('docs', 'getting-started.md'), 'utf8').replaceAll('\r', '');
  /** @type {Step[]} */
  const steps = [];
  for (const { 1: language, 2: text = '', index } of page.matchAll(/^```(\w+)\n(.*?)^```$/gms)) {
    if (language === 'sh') {
      const lines = text.trimEnd().split('\n');
      steps.push(...lines.map((line) => ({ command: line.split(' ') })));
    } else if (language === 'text') {
      steps.push({ printed: text.trimEnd() });
    } else {
      const [, file] = /Save this as `([\w.]+)`:\n\n$/.exec(page.slice(0, index)) ?? [];
      if (!file) throw new Error(`no file name before the sample in ${language}`);
      steps.push({ file, text });
    }
  }
  return steps;
}
