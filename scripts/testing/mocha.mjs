// Runs one mocha process and reads its result.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

import { runAttached } from '../common/child.mjs';
import { inCache, root } from '../common/project.mjs';
import { kTestBuild } from '../setup/typescript-build.mjs';
import { runWindowsNode } from '../windows-node/run.mjs';
import { withRelayedOutput } from '../windows-node/output.mjs';

/**
 * Milliseconds until a mocha process is killed: much more than it needs, and less than CI allows.
 */
const kLimit = 15 * 60_000;

/**
 * How many tests there were, and the names of those that failed or were skipped.
 * @typedef {Record<'passed' | 'failed' | 'skipped', number>
 *   & Record<'failures' | 'skips', string[]>} Counts
 */

/**
 * @typedef {object} Result
 * @property {number} exitCode
 * @property {Counts} counts
 * @property {string} [problem] describes an end that the counts do not explain. It counts as a
 *   failure.
 */

let runs = 0;

/**
 * @param {import('./batches.mjs').Batch} batch
 * @param {string[]} args mocha's arguments that the user gave
 * @param {object} where
 * @param {string} where.prefix the Wine prefix
 * @param {import('../windows-node/output.mjs').Output | undefined} where.output
 * @returns {Promise<Result>}
 */
export async function runMocha({ files, tooling }, args, { prefix, output }) {
  const report = inCache(`counts-${process.pid}-${runs++}.json`);
  const nodeArgs = [
    '--enable-source-maps',
    'node_modules/mocha/bin/mocha.js',
    '--reporter-option',
    `counts=${fromRoot(report)}`,
    ...args,
    ...files.map((file) => fromRoot(join(kTestBuild, file))),
  ];
  try {
    const exitCode = tooling
      ? await runThisNode(nodeArgs, output)
      : await runWindowsNode(nodeArgs, { timeout: kLimit, prefix, output });
    return { exitCode, ...readCounts(report, exitCode) };
  } finally {
    rmSync(report, { force: true });
  }
}

/**
 * @param {string[]} args
 * @param {import('../windows-node/output.mjs').Output | undefined} output
 */
function runThisNode(args, output) {
  const run = (/** @type {import('node:child_process').SpawnOptions} */ options) =>
    runAttached(process.execPath, args, { timeout: kLimit, ...options });
  if (output === undefined) return run({});
  return withRelayedOutput(output, ({ stdio, env }) =>
    run({ stdio, env: { ...process.env, ...env } }),
  );
}

/**
 * Reads the file that reporter.cjs wrote.
 * @param {string} report
 * @param {number} exitCode
 * @returns {Omit<Result, 'exitCode'>}
 */
function readCounts(report, exitCode) {
  if (!existsSync(report)) {
    const problem = `ended before its report, with exit code ${exitCode}`;
    return { counts: { passed: 0, failed: 1, skipped: 0, failures: [], skips: [] }, problem };
  }
  const counts = JSON.parse(readFileSync(report, 'utf8'));
  if (exitCode === 0 || counts.failed > 0) return { counts };
  const problem = `ended with exit code ${exitCode} after its report`;
  return { counts: { ...counts, failed: 1 }, problem };
}

/** @param {string} path */
function fromRoot(path) {
  return relative(root, path).replaceAll('\\', '/');
}
