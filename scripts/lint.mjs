// npm run lint: every linter, one after the other, and at the end which of them found something.
// npm run format (lint.mjs --fix): what the formatters and eslint can mend by themselves.
import { runMain } from './common/main.mjs';
import { say } from './common/step.mjs';
import { kLinters } from './lint/linters.mjs';
import { setUpLint } from './setup/index.mjs';

await runMain(async () => {
  await setUpLint();
  const failed = [];
  for (const { name, check, fix } of kLinters) {
    const work = process.argv.includes('--fix') ? fix : check;
    if (!work) continue;
    say(`• ${name}`);
    if (!(await work())) failed.push(name);
  }
  if (failed.length > 0)
    say(`✗ ${failed.join(', ')}: see above. 'npm run format' mends what it can.`);
  return failed.length > 0 ? 1 : 0;
});
