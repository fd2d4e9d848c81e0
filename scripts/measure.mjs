// npm run test:cycles [-- COUNT]: starts and ends a server that COM starts, 100 times by default.
// npm run test:runs [-- COUNT]: plays the rules about impersonation in one server process, 200
// times by default, and checks what the process still holds. npm test and npm run test:long do
// them less often.
import { spawnSync } from 'node:child_process';

import { inRoot } from './common/project.mjs';

/** @type {Readonly<Record<string, Record<'file' | 'title' | 'variable' | 'count', string>>>} */
const kMeasures = {
  cycles: {
    file: 'test/registration/activation.test.ts',
    title: 'no process is left',
    variable: 'ASYNC_COM_CYCLES',
    count: '100',
  },
  runs: {
    file: 'test/verify/flat.long.test.ts',
    title: 'those about impersonation|would show a leak',
    variable: 'ASYNC_COM_RUNS',
    count: '200',
  },
};

const [name = '', given] = process.argv.slice(2);
const measure = kMeasures[name];
if (measure === undefined)
  throw new Error(`the first argument must be cycles or runs; it is '${name}'`);
const { file, title, variable, count } = measure;
const { status } = spawnSync(
  process.execPath,
  [inRoot('scripts', 'test.mjs'), file, '--grep', title],
  { stdio: 'inherit', env: { ...process.env, [variable]: given ?? count } },
);
process.exitCode = status ?? 1;
