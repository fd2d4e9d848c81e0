// npm's install script, for those who install the package: on Windows it builds the addon (with
// node-gyp, by binding.gyp); elsewhere there is nothing to build, and in a clone `npm start` and
// `npm test` do it.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

if (process.platform === 'win32') {
  const builder = createRequire(import.meta.url).resolve('node-gyp-build/bin.js');
  process.exitCode = spawnSync(process.execPath, [builder], { stdio: 'inherit' }).status ?? 1;
}
