// npm runs this when a user installs the package. On Windows it builds the addon, with node-gyp and
// binding.gyp. On another system there is nothing to build; in a clone `npm start` and `npm test`
// build.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

if (process.platform === 'win32') {
  const builder = createRequire(import.meta.url).resolve('node-gyp-build/bin.js');
  process.exitCode = spawnSync(process.execPath, [builder], { stdio: 'inherit' }).status ?? 1;
}
