// npm start [-- ARGUMENTS]: sets up what is missing and runs `async-com verify ARGUMENTS`.
import { runMain } from './common/main.mjs';
import { setUp } from './setup/index.mjs';
import { runWindowsNode } from './windows-node/run.mjs';

await runMain(async () => {
  await setUp();
  return runWindowsNode([
    '--enable-source-maps',
    'dist/cli/main.js',
    'verify',
    ...process.argv.slice(2),
  ]);
});
