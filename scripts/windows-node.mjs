// npm run windows-node -- SCRIPT [ARGUMENTS]: builds, and runs a script of yours in node.exe for
// Windows.
import { runMain } from './common/main.mjs';
import { setUp } from './setup/index.mjs';
import { runWindowsNode } from './windows/node.mjs';

await runMain(async () => {
  await setUp();
  return runWindowsNode(['--enable-source-maps', ...process.argv.slice(2)]);
});
