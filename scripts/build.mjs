// npm run build: sets up what is missing and builds everything, also what only the tests need.
import { runMain } from './common/main.mjs';
import { setUpTests } from './setup/index.mjs';

await runMain(setUpTests);
