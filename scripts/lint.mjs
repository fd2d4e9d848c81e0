// npm run lint: runs every linter, and names the ones that found a problem.
// npm run format (lint.mjs --fix): fixes what the formatters and eslint can fix.
import { runMain } from './common/main.mjs';
import { setUpLint } from './setup/index.mjs';

await runMain(async () => {
  await setUpLint();
  const { runLinters } = await import('./lint/linters.mjs');
  return runLinters({ fix: process.argv.includes('--fix') });
});
