// npm run bench [-- ARGUMENTS]: sets up what is missing and runs the benchmark (bench/main.ts).
import { join, relative } from 'node:path';

import { runMain } from './common/main.mjs';
import { root } from './common/project.mjs';
import { setUpBench } from './setup/index.mjs';
import { kBenchBuild } from './setup/typescript-build.mjs';
import { runWindowsNode } from './windows-node/run.mjs';

await runMain(async () => {
  await setUpBench();
  const program = relative(root, join(kBenchBuild, 'main.js')).replaceAll('\\', '/');
  return runWindowsNode(['--enable-source-maps', program, ...process.argv.slice(2)]);
});
