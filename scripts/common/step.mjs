// A step of set-up. It is done once, and again only if what its result is made from has changed.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { CommandError } from './command.mjs';
import { root } from './project.mjs';

/** Reports that a step failed. The message names the step, the advice says what the user can do. */
export class SetupError extends Error {
  /**
   * @param {string} step
   * @param {string} reason
   * @param {string} advice
   */
  constructor(step, reason, advice) {
    super(`${step}: ${reason}`);
    this.advice = advice;
  }
}

/** @param {string} line */
export const say = (line) => process.stderr.write(`${line}\n`);

/**
 * @typedef {object} Step
 * @property {string} name the name that is shown
 * @property {string} stamp the file that records what the result was made from. It is best inside
 *   the result: then removing the result removes it, too.
 * @property {string[]} [files] files and folders the result is made from
 * @property {unknown} [settings] anything else that the result depends on
 * @property {string} advice what the user can do if the step fails
 * @property {() => Promise<void>} work
 */

/**
 * Does the step, unless its stamp shows that it is done. The stamp is written last, so a step that
 * was interrupted is done again.
 * @param {Step} step
 */
export async function runStep({ name, stamp, files = [], settings, advice, work }) {
  const inputs = hashInputs(files, settings);
  if (readIfThere(stamp) === inputs) return;
  say(`• ${name}`);
  const start = Date.now();
  try {
    rmSync(stamp, { force: true });
    await work();
    mkdirSync(dirname(stamp), { recursive: true });
    writeFileSync(stamp, inputs);
  } catch (error) {
    if (error instanceof SetupError) throw error;
    if (error instanceof CommandError) process.stderr.write(error.output);
    throw new SetupError(name, /** @type {Error} */ (error).message, advice);
  }
  say(`  done in ${((Date.now() - start) / 1000).toFixed(1)} s`);
}

/**
 * @param {string[]} files
 * @param {unknown} settings
 */
function hashInputs(files, settings) {
  const hash = createHash('sha256').update(JSON.stringify(settings ?? null));
  for (const file of files.flatMap(listFiles)) {
    hash.update(`\0${relative(root, file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

/**
 * Lists the files in a folder and below it. For a file it lists that file, and for a path that does
 * not exist nothing.
 * @param {string} path
 * @returns {string[]}
 */
export function listFiles(path) {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return [];
  if (!stat.isDirectory()) return [path];
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** @param {string} file */
function readIfThere(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
