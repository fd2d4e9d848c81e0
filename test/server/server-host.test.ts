import assert from 'node:assert/strict';
import { type CloseOptions, createServer, serve, type Server, type ServeOptions } from 'async-com';

import { ArrivalCount } from '../support/arrival-count.js';
import { Child, endChildren } from '../support/child.js';
import { RemoteClient } from '../support/client.js';
import { newClsid } from '#lib/value/identifiers.js';

describe('serve()', () => {
  it('names the argument that is not valid', async () => {
    const server = createServer({ clsid: newClsid(), methods: {} });
    const bad: readonly (readonly [message: RegExp, servers: unknown, options?: unknown])[] = [
      ...[undefined, null, server, [], 'x'].map(
        (one) => [/^servers must be an array/, one] as const,
      ),
      ...[{ clsid: newClsid(), methods: {} }, null, undefined, 'x'].map(
        (one) => [/^servers\[0\] must be a server, from createServer\(\)$/, [one]] as const,
      ),
      [/^servers\[1\] must be a server/, [server, { clsid: newClsid(), methods: {} }]],
      ...[true, 'x', null, 5].map((one) => [/^options must be an object$/, [server], one] as const),
      [/^options\.embedding must be/, [server], { embedding: 1 }],
      ...['grace', 'idle', 'linger'].flatMap((name) =>
        [-1, NaN, Infinity, '5', null].map(
          (time) => [new RegExp(`^options\\.${name} must be`), [server], { [name]: time }] as const,
        ),
      ),
    ];
    for (const [message, servers, options] of bad) {
      await assert.rejects(serve(servers as Server[], options as ServeOptions), {
        name: 'TypeError',
        message,
      });
    }
    const host = await serve([server]);
    await host.close();
  });

  describe('ServerHost.close()', () => {
    it('rejects a timeout that is not a time, and can be called again afterwards', async () => {
      await using host = await serve([createServer({ clsid: newClsid(), methods: {} })]);
      let closes = 0;
      host.on('close', () => ++closes);
      for (const options of [1000, null, { timeout: -1 }, { timeout: '5' }] as unknown[]) {
        await assert.rejects(host.close(options as CloseOptions), { name: 'TypeError' });
      }
      await Promise.all([host.close(), host.close()]);
      assert.equal(closes, 1);
    });

    it('ends the calls at once when called again with a timeout of 0', async () => {
      const arrivals = new ArrivalCount();
      const hold = () => {
        arrivals.add();
        return new Promise<never>(() => undefined);
      };
      const server = createServer({ clsid: newClsid(), methods: { hold } });
      const host = await serve([server]);
      await using client = await RemoteClient.start(server.clsid);
      await client.begin(1, 'hold');
      await arrivals.reached(1);
      const closing = host.close({ timeout: Infinity });
      await host.close({ timeout: 0 });
      await closing;
      const ended = await client.ended();
      assert.equal('error' in ended ? ended.error.code : 'a value', 'CO_E_SERVER_STOPPING');
    });
  });
});

describe('serve() in a process that COM has started', function () {
  this.timeout(60_000);
  afterEach(endChildren);

  it('closes its servers and lets the process end when no client needs them (control)', async () => {
    const host = await Child.start('ending-host', newClsid());
    await host.next('unused');
    await host.next('serverClosed');
    await host.next('closed');
    const { code, errors } = await host.exited();
    assert.deepEqual({ code, errors }, { code: 0, errors: '' });
  });

  const failures = [
    ['COM refuses to suspend its classes', 'suspend', 'refused, as asked for'],
    ['COM refuses to revoke a class', 'revoke', 'refused, as asked for'],
    ["a listener for 'unused' throws", 'unused', 'thrown, as asked for'],
    ["a listener for 'close' throws", 'close', 'thrown, as asked for'],
  ] as const;
  for (const [what, failing, message] of failures) {
    it(`closes its servers when ${what}, and that error becomes an uncaught exception`, async () => {
      const host = await Child.start('ending-host', newClsid(), failing);
      await host.next('serverClosed');
      await host.next('closed');
      assert.equal(await host.next('uncaught'), `uncaughtException: ${message}`);
      const { code, errors } = await host.exited();
      assert.deepEqual({ code, errors }, { code: 0, errors: '' });
    });
  }
});
