import assert from 'node:assert/strict';
import { ComError, connect } from 'async-com';

import { Child, endChildren } from '../support/child.js';
import { newClsid } from '../support/clsid.js';
import { faultBuildEnv } from '../support/fault-build.js';
import { within } from '../support/within.js';

// The system has refused to give the thread its call context, in the test addon on purpose.
describe('a call whose Begin_ cannot run', () => {
  const clsid = newClsid();
  const env = { ...process.env };
  let server: Child;

  before(async () => {
    Object.assign(process.env, faultBuildEnv, { ASYNC_COM_FAULT: 'begin-fails' });
    try {
      server = await Child.start('server', clsid);
    } finally {
      process.env = { ...env };
    }
  });

  after(endChildren);

  // By whether the handler has a thread lent first, and what it asks of it.
  // Where it signals, the failure and the answer race.
  for (const [method, ...expected] of [
    ['echo', 'answer'],
    ['signal', 'answer', 'E_OUTOFMEMORY'],
    ['impersonate', 'E_OUTOFMEMORY'],
    ['returnFromBegin', 'E_OUTOFMEMORY'],
  ] as const) {
    it(`ends for its client, whatever the handler does: ${method}`, async () => {
      using connection = await connect(clsid);
      const ended = connection.call(method).then(
        () => 'answer',
        (error: unknown) => (error as ComError).code,
      );
      const end = await within(5000, ended, 'the end of the call');
      assert.ok((expected as readonly string[]).includes(end), end);
    });
  }

  it('leaves nothing behind: the server closes in order', async () => {
    await within(5000, server.ask('close', 1000), 'the end of its calls');
  });
});
