// Prints mocha's own report and the reason of each skipped test. Writes the counts to a file, and the
// names of the tests that failed or were skipped, for
// mocha.mjs beside this file.
const { writeFileSync } = require('node:fs');
const { reporters } = require('mocha');

class TestReporter extends reporters.Spec {
  /**
   * @param {import('mocha').Runner} runner
   * @param {import('mocha').MochaOptions} options
   */
  constructor(runner, options) {
    super(runner, options);
    /** @type {import('mocha').Test[]} */
    const skipped = [];
    runner.on('pending', (test) => skipped.push(test));
    /** @type {string[]} */
    const failed = [];
    runner.on('fail', (test) => failed.push(test.fullTitle()));
    runner.once('end', () => {
      const skips = skipped.map(
        (test) => `${test.fullTitle()} (${reasonOf(test) ?? 'no reason given'})`,
      );
      for (const skip of skips) console.log(`  skipped: ${skip}`);
      const { passes, failures } = this.stats;
      const counts = {
        ...{ passed: passes, failed: failures, skipped: skipped.length },
        ...{ failures: failed, skips },
      };
      writeFileSync(options.reporterOptions.counts, JSON.stringify(counts));
    });
  }
}

/**
 * Returns the reason that test/support/skip.ts set on the test, or on a suite around it.
 * @param {any} runnable
 * @returns {string | undefined}
 */
function reasonOf(runnable) {
  return runnable && (runnable.skipReason ?? reasonOf(runnable.parent));
}

module.exports = TestReporter;
