// npm run soak [-- ARGUMENTS]: sets up what is missing and runs the soak (soak/main.ts).
import { join, relative } from 'node:path';

import { runMain } from './common/main.mjs';
import { root } from './common/project.mjs';
import { setUpSoak } from './setup/index.mjs';
import { kSoakBuild } from './setup/typescript-build.mjs';
import { runWindowsNode } from './windows-node/run.mjs';

/** soak/main.ts has this exit code when a new process must go on. */
const kGoOn = 75;

await runMain(async () => {
  await setUpSoak();
  // Wine then fills freed memory and checks it, in every process.
  process.env.WINEDEBUG ??= '-all,warn+heap';
  const program = relative(root, join(kSoakBuild, 'main.js')).replaceAll('\\', '/');
  const args = process.argv.slice(2);
  for (;;) {
    const code = await runWindowsNode(['--enable-source-maps', program, ...args]);
    if (code !== kGoOn) return code;
    // What earlier runs have done must not be forgotten twice.
    if (args.includes('--restart')) args.splice(args.indexOf('--restart'), 1);
  }
});
