// npm test [-- FILE OR FOLDER] [MOCHA OPTIONS]: sets up what is missing and runs the tests. The
// tests of the tooling run in this node, the tests of the product in node.exe for Windows, with
// several mocha processes at a time. A test file may be named as in the repository:
// test/value/value.test.ts. `npm run test:long` runs the tests that take too long for npm test:
// those in files whose names end with .long.test.ts.
import { runMain } from './common/main.mjs';
import { testArguments } from './common/test-arguments.mjs';
import { setUpTests } from './setup/index.mjs';

await runMain(async () => {
  const { paths, long, args } = testArguments(process.argv.slice(2));
  await setUpTests();
  const { runTests } = await import('./testing/run-tests.mjs');
  return runTests(paths, long, args);
});
