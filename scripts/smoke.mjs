// npm run smoke [-- TARBALL]: packs the package, and tries it as its users do: installed into empty
// projects outside the clone, with no scripts run and no compiler. On Debian only, with Linux's
// node and with node.exe for Windows under Wine.
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { runMain } from './common/main.mjs';
import { onWindows } from './common/project.mjs';
import { say } from './common/step.mjs';
import { setUp } from './setup/index.mjs';

await runMain(async () => {
  const [tarball, ...more] = process.argv.slice(2);
  if (more.length > 0 || (tarball !== undefined && !existsSync(tarball))) {
    say('✗ Usage: npm run smoke [-- TARBALL]. Without it, the package is packed first.');
    return 1;
  }
  if (onWindows) {
    say('✗ The smoke tests run on Debian only: they need Linux, too.');
    return 1;
  }
  await setUp();
  const { smokeTest } = await import('./smoke/smoke-test.mjs');
  return smokeTest(tarball === undefined ? undefined : resolve(tarball));
});
