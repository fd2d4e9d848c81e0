// npm run soak [-- ARGUMENTS]: sets up what is missing and runs the soak (soak/main.ts).
import { join, relative } from 'node:path';

import { runMain } from './common/main.mjs';
import { root } from './common/project.mjs';
import { setUpSoak } from './setup/index.mjs';
import { kSoakBuild } from './setup/typescript-build.mjs';
import { runWindowsNode } from './windows-node/run.mjs';

await runMain(async () => {
  await setUpSoak();
  // Wine then fills freed memory and checks it, in every process.
  process.env.WINEDEBUG ??= '-all,warn+heap';
  const program = relative(root, join(kSoakBuild, 'main.js')).replaceAll('\\', '/');
  return runWindowsNode(['--enable-source-maps', program, ...process.argv.slice(2)]);
});
