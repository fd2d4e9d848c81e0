import { rmSync, writeFileSync } from 'node:fs';

import { inCache, onWindows } from '../common/project.mjs';
import { say } from '../common/step.mjs';
import { kLongTest } from '../common/test-arguments.mjs';
import { inWine } from '../windows-node/wine-session.mjs';
import { allTestFiles, batchesOf } from './batches.mjs';
import { runInLanes } from './lanes.mjs';
import { runMocha } from './mocha.mjs';

/** What the last `npm test` came to. `npm run answers` reads it. */
export const kSuiteReport = inCache('suite.json');

/** The exit codes after SIGHUP, SIGINT and SIGTERM. */
const kByUser = [129, 130, 143];

/**
 * Runs all tests, or those in some files and folders.
 * @param {string[]} paths below test/, as in the repository; empty for all tests
 * @param {boolean} long whether to run the tests that take long, and not the others. A file that
 *   `paths` names runs anyway.
 * @param {string[]} args for mocha
 * @returns {Promise<number>} the exit code
 */
export function runTests(paths, long, args) {
  const files = allTestFiles().filter((file) => {
    if (paths.some((path) => isFile(file, path))) return true;
    if (kLongTest.test(file) !== long) return false;
    return paths.length === 0 || paths.some((path) => file.startsWith(`${path}/`));
  });
  const whole = paths.length === 0 && args.length === 0 && !long;
  const run = () => runBatches(files, args, whole);
  // In one session: Wine programs that a batch leaves behind end when the last batch has ended.
  return onWindows ? run() : inWine(run);
}

/**
 * @param {string} file a compiled test file
 * @param {string} path a test file, or a folder
 */
function isFile(file, path) {
  return file === path.replace(/\.ts$/, '.js');
}

/**
 * @param {string[]} files compiled test files
 * @param {string[]} args for mocha
 * @param {boolean} whole whether these are all tests
 * @returns {Promise<number>} the exit code
 */
async function runBatches(files, args, whole) {
  if (whole) rmSync(kSuiteReport, { force: true });
  /** @type {import('./mocha.mjs').Counts} */
  const total = { passed: 0, failed: 0, skipped: 0, failures: [], skips: [] };
  /** @type {string[]} */
  const failures = [];
  let byUser = 0;
  await runInLanes(batchesOf(files), async (batch, where) => {
    (where.output ?? process).stderr.write(`• mocha: ${batch.name}\n`);
    const { exitCode, counts, problem } = await runMocha(batch, args, where);
    if (kByUser.includes(exitCode)) {
      byUser = exitCode;
      return false;
    }
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
    total.failures.push(...counts.failures);
    total.skips.push(...counts.skips);
    if (counts.failed > 0)
      failures.push(`${batch.name}: ${problem ?? `${counts.failed} tests failed`}`);
    if (problem !== undefined) total.failures.push(`${batch.name}: ${problem}`);
    return true;
  });
  if (byUser > 0) return byUser;
  if (whole) {
    const report = { ...total, ended: new Date().toISOString() };
    writeFileSync(kSuiteReport, `${JSON.stringify(report, null, 2)}\n`);
  }
  for (const failure of failures) say(`✗ ${failure}`);
  if (total.passed + total.failed === 0) say('✗ No test ran.');
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
}
