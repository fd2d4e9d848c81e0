// npm test [-- MOCHA ARGUMENTS]: sets up what is missing and runs the tests: those of the tooling in
// this node, those of the product in node.exe for Windows, several mocha processes at a time. A test
// file may be named as it is in the repository: test/value.test.ts.
import { runMain } from './common/main.mjs';
import { onWindows } from './common/project.mjs';
import { say } from './common/step.mjs';
import { setUpTests } from './setup/index.mjs';
import { allTestFiles, batchesOf } from './testing/batches.mjs';
import { runInLanes } from './testing/lanes.mjs';
import { runMocha } from './testing/mocha.mjs';
import { inWine } from './windows/session.mjs';

/** The exit codes after SIGHUP, SIGINT and SIGTERM. */
const kByUser = [129, 130, 143];

await runMain(async () => {
  await setUpTests();
  // One session for all: what a batch leaves in Wine ends with the last, not under the others.
  return onWindows ? run() : inWine(run);
});

/** @returns {Promise<number>} the exit code */
async function run() {
  const { files, args } = parseArguments(process.argv.slice(2));
  const total = { passed: 0, failed: 0, skipped: 0 };
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
    if (counts.failed > 0)
      failures.push(`${batch.name} ${problem ?? `has ${counts.failed} failed`}`);
    return true;
  });
  if (byUser > 0) return byUser;
  for (const failure of failures) say(`✗ ${failure}`);
  if (total.passed + total.failed === 0) say('✗ No test ran.');
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
}

/**
 * @param {string[]} all
 * @returns {{ files: string[], args: string[] }} files in the test build, and mocha's arguments
 */
function parseArguments(all) {
  const isTestFile = (/** @type {string} */ arg) => /^test[\\/].*\.ts$/.test(arg);
  const named = all
    .filter(isTestFile)
    .map((arg) => arg.slice('test/'.length).replaceAll('\\', '/').replace(/\.ts$/, '.js'));
  return {
    files: named.length > 0 ? named : allTestFiles(),
    args: all.filter((arg) => !isTestFile(arg)),
  };
}
