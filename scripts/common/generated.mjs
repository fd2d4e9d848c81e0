// Files that a script makes and git holds: whether they are still what the script makes.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';

import { root } from './project.mjs';

/** @param {string} file */
export function readText(file) {
  return readFileSync(file, 'utf8').replaceAll('\r\n', '\n');
}

/**
 * Whether the file is what was made now; if not, the differences are shown.
 * @param {string} file
 * @param {string} text what was made now
 */
export function isCurrent(file, text) {
  if (existsSync(file) && readText(file) === text) return true;
  process.stderr.write(differences(file, text));
  return false;
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
