// npm run windows-node -- SCRIPT [ARGUMENTS]: builds what is missing, and runs a script in node.exe
// for Windows.
import { runMain } from './common/main.mjs';
import { say } from './common/step.mjs';
import { setUp } from './setup/index.mjs';
import { runWindowsNode } from './windows-node/run.mjs';

await runMain(async () => {
  if (process.argv.length < 3) {
    say('Usage: npm run windows-node -- SCRIPT [ARGUMENTS]');
    return 1;
  }
  await setUp();
  return runWindowsNode(['--enable-source-maps', ...process.argv.slice(2)]);
});
