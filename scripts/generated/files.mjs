// Files that a script makes and git holds: writes them, or checks that they are still the same.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';

import { root } from '../common/project.mjs';
import { say } from '../common/step.mjs';

/** @typedef {readonly (readonly [file: string, text: string])[]} Files */

/** @param {string} file */
export function readText(file) {
  return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
}

/**
 * @param {Files} files
 * @returns {number} the exit code
 */
export function writeFiles(files) {
  for (const [file, text] of files) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  say(`Wrote ${namesOf(files)}`);
  return 0;
}

/**
 * Shows how the files differ from what git holds.
 * @param {Files} files
 * @param {string} command the command that writes the files
 * @returns {number} the exit code: 0 if they are the same
 */
export function checkFiles(files, command) {
  const changed = files.filter(([file, text]) => !existsSync(file) || readText(file) !== text);
  for (const [file, text] of changed) process.stderr.write(differences(file, text));
  for (const [file] of changed) say(`${relative(root, file)} is not current.`);
  if (changed.length > 0) say(`Run '${command}' and commit the result.`);
  else say(`Current: ${namesOf(files)}`);
  return changed.length > 0 ? 1 : 0;
}

/** @param {Files} files */
function namesOf(files) {
  const names = files.map(([file]) => relative(root, file));
  return names.length > 4 ? `${names[0]} and ${names.length - 1} other files` : names.join(', ');
}

/**
 * @param {string} file
 * @param {string} text
 */
function differences(file, text) {
  const labels = ['--label', relative(root, file), '--label', 'made now'];
  const { stdout } = spawnSync('diff', ['-u', '-N', '--strip-trailing-cr', ...labels, file, '-'], {
    input: text,
    encoding: 'utf8',
  });
  return stdout || `${file} differs\n`;
}
