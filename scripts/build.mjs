// npm run build: sets up what is missing and builds everything, the tests' part too.
import { runMain } from './common/main.mjs';
import { setUpTests } from './setup/index.mjs';

await runMain(setUpTests);
