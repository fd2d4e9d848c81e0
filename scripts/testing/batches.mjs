// Divides the test files into batches, one for each mocha process, and orders the batches.
import { dirname, relative } from 'node:path';

import { listFiles } from '../common/step.mjs';
import { kTestBuild } from '../setup/typescript-build.mjs';

/**
 * The files that take longest. Each has a process of its own. The others share a process with the
 * files of their folder, since a process takes a second to start.
 */
const kAlone = [
  'verify/faults.long.test.js',
  'verify/flat.long.test.js',
  'server/endings.test.js',
  'registration/activation.test.js',
  'interop/dotnet.test.js',
];

/** The order of the batches: the slowest first, so that no long one is the last. Others follow. */
const kOrder = [
  'verify/faults.long.test.js',
  'verify/flat.long.test.js',
  'server',
  'verify',
  'registration',
  'tooling',
  'client',
  'server/endings.test.js',
  'registration/activation.test.js',
  'interop/dotnet.test.js',
  'security',
  'interop',
  'soak',
];

/**
 * @typedef {object} Batch
 * @property {string} name
 * @property {string[]} files compiled test files, with slashes
 * @property {boolean} tooling whether they run in this node. The others run in node.exe for
 *   Windows.
 */

/** Lists the compiled test files. */
export function allTestFiles() {
  return listFiles(kTestBuild)
    .map((file) => relative(kTestBuild, file).replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.test.js'));
}

/**
 * @param {string[]} files
 * @returns {Batch[]} each file is in one batch
 */
export function batchesOf(files) {
  /** @type {Map<string, string[]>} */
  const batches = new Map();
  for (const file of files) {
    const key = kAlone.includes(file) ? file : dirname(file);
    batches.set(key, [...(batches.get(key) ?? []), file]);
  }
  const place = (/** @type {string} */ key) => (kOrder.includes(key) ? kOrder.indexOf(key) : 99);
  return [...batches]
    .sort(([one], [other]) => place(one) - place(other))
    .map(([key, batch]) => ({
      name: nameOf(key),
      files: batch,
      tooling: key.startsWith('tooling'),
    }));
}

/** @param {string} key a file, or a folder */
function nameOf(key) {
  return key === '.' ? 'test' : `test/${key.replace(/\.js$/, '.ts')}`;
}
