// npm run verify:double [-- ARGUMENTS]: sets up what is missing and runs `async-com verify ARGUMENTS` on
// a double of COM (native/testing/double/server_double.h). It takes the place of COM in the server
// process, so that calls take the path that they take on Windows. It says nothing about Windows.
import { runMain } from './common/main.mjs';
import { inRoot } from './common/project.mjs';
import { setUpTests } from './setup/index.mjs';
import { runWindowsNode } from './windows-node/run.mjs';

await runMain(async () => {
  await setUpTests();
  process.env['ASYNC_COM_PREBUILD'] = inRoot('build', 'tests');
  process.env['ASYNC_COM_DOUBLE'] = 'server';
  return runWindowsNode([
    '--enable-source-maps',
    'dist/cli/main.js',
    'verify',
    ...process.argv.slice(2),
  ]);
});
