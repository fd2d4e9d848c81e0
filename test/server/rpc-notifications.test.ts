import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';

import { newClsid } from '#lib/value/identifiers.js';

import { Child, endChildren } from '../support/child.js';
import { RemoteClient } from '../support/client.js';
import { LineProgram } from '../support/line-program.js';
import { proxyStubDll } from '../support/proxy-stub-registry.js';
import type { RpcNotifications, RpcNotificationsOptions } from '../support/rpc-notifications.js';
import { testAddonEnv } from '../support/test-addon.js';
import { within } from '../support/within.js';
import { wordsOf } from '../support/variant-words.js';

// A double takes the place of RPC's notifications, which Wine does not have. The calls are real:
// clients in C++ make them, which pass no cancel id. Only Windows shows when RPC notifies.

const deadline = 5000;

/** Longer than a notification needs that is not expected. */
const aWhile = 200;

const paths = { bridge: 'notifications', system: 'server,notifications' } as const;

for (const [path, doubles] of Object.entries(paths)) {
  describe(`a server with a double of RPC’s notifications, on the path ${path}`, function () {
    this.timeout(20_000);

    let server: Child;
    let clsid: string;
    let names = 0;

    before(async () => {
      clsid = newClsid();
      const env = { ...testAddonEnv, ASYNC_COM_DOUBLE: doubles };
      const mapping = path === 'system' ? ['mapping'] : [];
      server = await Child.startIn(env, 'rpc-notifications-server', clsid, ...mapping);
    });

    after(async () => {
      server.tell('exit');
      await server.exited();
      await endChildren();
    });

    afterEach(async () => {
      await set({});
      assert.deepEqual((await notifications()).complaints, []);
    });

    const notifications = async () => (await server.ask('notifications')) as RpcNotifications;
    const send = (subscription: number) => server.ask('send', subscription);
    const set = (options: RpcNotificationsOptions) => server.ask('set', options);
    const cancelled = async () => within(deadline, server.next('cancelled'), 'a cancellation');

    /** The numbers of the subscriptions of the newest call: those that this made. */
    async function subscriptionsOf<Result>(make: () => Promise<Result>): Promise<{
      readonly result: Result;
      readonly cancel?: number;
      readonly disconnect?: number;
    }> {
      const before = (await notifications()).subscriptions.length;
      const result = await make();
      const made = (await notifications()).subscriptions.slice(before);
      const numberOf = (kind: string) => {
        const index = made.findIndex(({ notification }) => notification === kind);
        return index < 0 ? undefined : before + index;
      };
      const [cancel, disconnect] = [numberOf('cancel'), numberOf('disconnect')];
      return {
        result,
        ...(cancel === undefined ? {} : { cancel }),
        ...(disconnect === undefined ? {} : { disconnect }),
      };
    }

    /** A call of a new client, in progress. */
    async function heldCall(way = 'hold') {
      const name = ++names;
      const { result: client, ...numbers } = await subscriptionsOf(async () => {
        const program = new LineProgram('interop_sync_client', [clsid, proxyStubDll]);
        assert.equal(await program.next(), 'ready');
        program.write(`1 ${wordsOf(way)} ${wordsOf(name)}`);
        assert.equal(await within(deadline, server.next('held'), 'the call'), name);
        return program;
      });
      /** Ends the call, and returns what the client says of it. */
      const end = async () => {
        await server.ask('letGo', name);
        const answer = await within(deadline, client.next(), 'an answer');
        client.closeInput();
        await client.exited;
        return answer;
      };
      return { name, end, ...numbers };
    }

    const isActive = async (number: number | undefined) =>
      (await notifications()).subscriptions[number ?? -1]?.active;

    it('takes that path', async () => {
      await using client = await RemoteClient.start(clsid);
      assert.equal(await client.call('path'), path);
    });

    for (const way of ['hold', 'holdLent', 'holdAfterBegin']) {
      it(`tells the handler that the client has cancelled: ${way}`, async () => {
        const { name, cancel, end } = await heldCall(way);
        assert.equal(await isActive(cancel), true);
        await send(cancel ?? -1);
        assert.deepEqual(await cancelled(), [name, 'RPC_E_CALL_CANCELED']);
        assert.ok(await end());
      });

      it(`tells the handler that the client has disconnected: ${way}`, async () => {
        const { name, disconnect, end } = await heldCall(way);
        assert.equal(await isActive(disconnect), true);
        await send(disconnect ?? -1);
        assert.deepEqual(await cancelled(), [name, 'RPC_E_CLIENT_DIED']);
        assert.ok(await end());
      });
    }

    it('tells the handler of that call only, and once', async () => {
      const calls = [await heldCall(), await heldCall(), await heldCall()] as const;
      const [, told] = calls;
      for (const number of [told.cancel, told.disconnect, told.cancel]) await send(number ?? -1);
      assert.deepEqual(await cancelled(), [told.name, 'RPC_E_CALL_CANCELED']);
      const next = server.next('cancelled');
      assert.equal(await Promise.race([next, delay(aWhile, 'nothing')]), 'nothing');
      for (const call of calls) assert.ok(await call.end());
      // The event that was waited for above.
      const last = await heldCall();
      await send(last.cancel ?? -1);
      assert.deepEqual(await next, [last.name, 'RPC_E_CALL_CANCELED']);
      assert.ok(await last.end());
    });

    it('has unsubscribed before the client has its answer', async () => {
      const { cancel, disconnect, end } = await heldCall();
      await end();
      assert.deepEqual([await isActive(cancel), await isActive(disconnect)], [false, false]);
    });

    it('has unsubscribed when it has signalled, although the handler goes on', async () => {
      const { cancel, disconnect, end } = await heldCall('holdSignalled');
      assert.deepEqual([await isActive(cancel), await isActive(disconnect)], [false, false]);
      await end();
    });

    it('ignores notifications that come after the call', async () => {
      const over = await heldCall();
      await over.end();
      const { name, cancel, end } = await heldCall();
      await send(over.cancel ?? -1);
      await send(over.disconnect ?? -1);
      await send(cancel ?? -1);
      assert.deepEqual(await cancelled(), [name, 'RPC_E_CALL_CANCELED']);
      await end();
    });

    it('makes calls without subscriptions if RPC refuses them', async () => {
      await set({ refuses: true });
      const { cancel, disconnect, end } = await heldCall();
      assert.deepEqual([cancel, disconnect], [undefined, undefined]);
      assert.ok(await end());
    });

    it('does not subscribe for a client of its own computer that gives a cancel id', async () => {
      await using client = await RemoteClient.start(clsid);
      const { result, cancel, disconnect } = await subscriptionsOf(async () => {
        const name = ++names;
        await client.begin(1, 'hold', name);
        assert.equal(await within(deadline, server.next('held'), 'the call'), name);
        await server.ask('letGo', name);
        return client.ended();
      });
      assert.deepEqual([result, cancel, disconnect], [{ value: names }, undefined, undefined]);
    });

    // The last test: the double takes the next call by the same handle for one that goes on.
    it('would be seen if it did not unsubscribe (control)', async () => {
      await set({ ignoresUnsubscribe: true });
      const { cancel, disconnect, end } = await heldCall();
      await end();
      assert.deepEqual([await isActive(cancel), await isActive(disconnect)], [true, true]);
    });
  });
}
