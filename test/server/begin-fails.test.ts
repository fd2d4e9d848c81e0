import assert from 'node:assert/strict';
import { ComError, connect } from 'async-com';

import { Child, endChildren } from '../support/child.js';
import { newClsid } from '#lib/value/identifiers.js';
import { testAddonEnv } from '../support/test-addon.js';
import { within } from '../support/within.js';

// A fault of the test addon makes Begin_ fail as if COM had refused to set the call context.
describe('a call whose Begin_ cannot run', () => {
  const clsid = newClsid();
  const env = { ...process.env };
  let server: Child;

  before(async () => {
    Object.assign(process.env, testAddonEnv, { ASYNC_COM_FAULT: 'begin-fails' });
    try {
      server = await Child.start('server', clsid);
    } finally {
      process.env = { ...env };
    }
  });

  after(endChildren);

  // The methods differ in whether a thread is lent first, and in what runs there.
  // With `signal` the failure and the answer race.
  for (const [method, ...expected] of [
    ['echo', 'answer'],
    ['signal', 'answer', 'E_OUTOFMEMORY'],
    ['impersonate', 'E_OUTOFMEMORY'],
    ['returnFromBegin', 'E_OUTOFMEMORY'],
  ] as const) {
    it(`ends for its client with the handler ${method}()`, async () => {
      using connection = await connect(clsid);
      const ended = connection.call(method).then(
        () => 'answer',
        (error: unknown) => (error as ComError).code,
      );
      const end = await within(5000, ended, 'the end of the call');
      assert.ok((expected as readonly string[]).includes(end), end);
    });
  }

  it('does not keep the server from closing', async () => {
    await within(5000, server.ask('close', 1000), 'the end of its calls');
  });
});
