// npm run test:cycles [-- COUNT]: starts and ends a server that COM starts, 100 times unless told
// otherwise; npm test does it six times.
import { spawnSync } from 'node:child_process';

import { inRoot } from './common/project.mjs';

const [count = '100'] = process.argv.slice(2);
const { status } = spawnSync(
  process.execPath,
  [inRoot('scripts', 'test.mjs'), 'test/activation.test.ts', '--grep', 'no process is left'],
  { stdio: 'inherit', env: { ...process.env, ASYNC_COM_CYCLES: count } },
);
process.exitCode = status ?? 1;
