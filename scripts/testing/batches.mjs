// Which test files one mocha process runs, one after the other, and in which order the processes
// start.
import { dirname, relative } from 'node:path';

import { listFiles } from '../common/step.mjs';
import { kTestBuild } from '../setup/typescript-build.mjs';

/**
 * What takes longest. Each has a process of its own; the others share one with those of their
 * folder, since a process takes a second to start.
 */
const kAlone = [
  'verify/faults.test.js',
  'verify/flat.test.js',
  'server/endings.test.js',
  'registration/activation.test.js',
];

/** All batches, slowest first, so that none of the long ones is the last; others come after them. */
const kOrder = [
  'verify/faults.test.js',
  'server',
  'verify/flat.test.js',
  'server/endings.test.js',
  'registration/activation.test.js',
  'tooling',
  'verify',
  'security',
  'interop',
  'registration',
];

/**
 * @typedef {object} Batch
 * @property {string} name
 * @property {string[]} files in the test build, with slashes
 * @property {boolean} tooling whether they run in this node; the others run in node.exe for Windows
 */

/** Every test file of the test build. */
export function allTestFiles() {
  return listFiles(kTestBuild)
    .map((file) => relative(kTestBuild, file).replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.test.js'));
}

/**
 * @param {string[]} files
 * @returns {Batch[]} which have each file once
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
