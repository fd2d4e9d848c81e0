// npm test [-- MOCHA ARGUMENTS]: sets up what is missing and runs both mocha suites: the tooling's
// in this node, the product's in node.exe for Windows. A test file may be named as it is in the
// repository: test/value/value.test.ts.
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

import { runAttached } from './common/child.mjs';
import { runMain } from './common/main.mjs';
import { inCache, root } from './common/project.mjs';
import { say } from './common/step.mjs';
import { setUpTests } from './setup/index.mjs';
import { kTestBuild } from './setup/typescript-build.mjs';
import { runWindowsNode } from './windows/node.mjs';

/** For a suite that never ends: well over what one takes, well under what CI allows. */
const kLimit = 15 * 60_000;

/** The exit codes after SIGHUP, SIGINT and SIGTERM. */
const kByUser = [129, 130, 143];

const kSuites = [
  { name: 'tooling', files: ['tooling/**/*.test.js'], ignored: [], run: runThisNode },
  { name: 'product', files: ['**/*.test.js'], ignored: ['tooling/**'], run: runWindowsNode },
];

await runMain(async () => {
  await setUpTests();
  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const suite of suitesFor(process.argv.slice(2))) {
    const { exitCode, counts } = await runSuite(suite);
    if (kByUser.includes(exitCode)) return exitCode;
    total.passed += counts.passed;
    total.failed += counts.failed;
    total.skipped += counts.skipped;
  }
  if (total.passed + total.failed === 0) say('✗ No test ran.');
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
});

/**
 * @typedef {typeof kSuites[number] & { args?: string[] }} Suite
 * @param {string[]} args
 * @returns {Suite[]}
 */
function suitesFor(args) {
  const isTestFile = (/** @type {string} */ arg) => /^test[\\/].*\.ts$/.test(arg);
  const named = args
    .filter(isTestFile)
    .map((arg) => arg.slice('test/'.length).replace(/\.ts$/, '.js'));
  const others = args.filter((arg) => !isTestFile(arg));
  return kSuites.flatMap((suite) => {
    const isTooling = suite.name === 'tooling';
    const files = named.filter((file) => file.startsWith('tooling') === isTooling);
    if (named.length === 0) return [{ ...suite, args: others }];
    return files.length === 0 ? [] : [{ ...suite, files, args: others }];
  });
}

/** @param {Suite} suite */
async function runSuite({ name, files, ignored, run, args = [] }) {
  say(`• mocha: ${name}`);
  const report = inCache(`counts-${name}-${process.pid}.json`);
  const inBuild = (/** @type {string} */ pattern) => fromRoot(join(kTestBuild, pattern));
  try {
    const exitCode = await run(
      [
        '--enable-source-maps',
        'node_modules/mocha/bin/mocha.js',
        '--reporter-option',
        `counts=${fromRoot(report)}`,
        ...ignored.map((pattern) => `--ignore=${inBuild(pattern)}`),
        ...args,
        ...files.map(inBuild),
      ],
      { timeout: kLimit },
    );
    return { exitCode, counts: readCounts(report, name, exitCode) };
  } finally {
    rmSync(report, { force: true });
  }
}

/**
 * What scripts/test-reporter.cjs wrote. An end that it does not explain is a failure.
 * @param {string} report
 * @param {string} name
 * @param {number} exitCode
 * @returns {{ passed: number, failed: number, skipped: number }}
 */
function readCounts(report, name, exitCode) {
  if (!existsSync(report)) {
    say(`✗ mocha (${name}) ended before its report, with exit code ${exitCode}.`);
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const counts = JSON.parse(readFileSync(report, 'utf8'));
  if (exitCode === 0 || counts.failed > 0) return counts;
  say(`✗ mocha (${name}) ended with exit code ${exitCode} after its report.`);
  return { ...counts, failed: 1 };
}

/** @param {string} path */
function fromRoot(path) {
  return relative(root, path).replaceAll('\\', '/');
}

/**
 * @param {string[]} args
 * @param {{ timeout?: number }} limits
 */
function runThisNode(args, limits) {
  return runAttached(process.execPath, args, limits);
}
