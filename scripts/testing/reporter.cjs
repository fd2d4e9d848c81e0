// Prints mocha's own report and the reason of each skipped test. Writes the counts to a file, for
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
    runner.once('end', () => {
      for (const test of skipped) {
        console.log(`  skipped: ${test.fullTitle()} (${reasonOf(test) ?? 'no reason given'})`);
      }
      const { passes, failures } = this.stats;
      const counts = { passed: passes, failed: failures, skipped: skipped.length };
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
