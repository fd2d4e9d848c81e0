import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export const root = path.resolve(import.meta.dirname, '../../..');

/** Imports a module of scripts/, which have no type declarations: the caller knows its exports. */
export async function importScript(name: string): Promise<unknown> {
  return import(pathToFileURL(path.join(root, 'scripts', name)).href);
}

/** Runs a script, and returns its exit code and what it printed. */
export function runScript(name: string, ...args: string[]) {
  const script = path.join(root, 'scripts', name);
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
  });
  return { status, text: stdout + stderr };
}

/** Replaces the one `from` in `text` with `to`. */
export function replaceOnce(text: string, from: string, to: string): string {
  assert.equal(text.split(from).length, 2, `the text must have ${from} exactly once`);
  return text.replace(from, () => to);
}
