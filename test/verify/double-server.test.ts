import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';

import type { Value } from 'async-com';

import type { authnLevels } from '#lib/security/names.js';
import { hasAsyncMapping } from '#lib/registration/async-mapping.js';
import { newClsid } from '#lib/value/identifiers.js';

import { Child, endChildren } from '../support/child.js';
import { RemoteClient } from '../support/client.js';
import { doubleEnv, type ObservedByDouble, testAddon } from '../support/test-addon.js';
import { skip } from '../support/skip.js';
import { until } from '../support/until.js';
import { within } from '../support/within.js';

// A server on the double of COM (native/testing/double), and what COM may do to it where the
// documentation is silent. double.test.ts plays the rules on the double.

/** What the methods of a call reported of its client: test/fixtures/double-server.ts. */
interface Reported {
  readonly path: string;
  readonly blanket: string | { authnService: string; authnLevel: string; client: string | null };
  readonly impersonate: string;
  readonly state: string;
  readonly level: string | null;
  readonly impersonating: boolean;
  readonly needed: string;
  readonly allowed: boolean | string;
  readonly opened: string;
  readonly duplicated: string;
}

const deadline = 5000;

describe('a server on a double of COM', function () {
  this.timeout(20_000);

  let server: Child;
  let client: RemoteClient;
  let clsid: string;

  before(async () => {
    clsid = newClsid();
    server = await Child.startIn(doubleEnv, 'double-server', clsid);
    client = await RemoteClient.start(clsid);
    await client.call('echo');
  });

  after(async () => {
    server.tell('exit');
    await server.exited();
    await endChildren();
  });

  const behave = (name: string) => server.ask('behave', name);
  const observed = async () => (await server.ask('observed')) as ObservedByDouble;
  const called = (method: string, ...args: Value[]) =>
    within(deadline, client.call(method, ...args), `an answer to ${method}`);
  const reported = async () => JSON.parse((await called('client')) as string) as Reported;
  const settled = () =>
    until(async () => (await observed()).controllingUnknowns === 0, 'every call is released');

  beforeEach(() => behave('none'));

  afterEach(async () => {
    await behave('none');
    await settled();
    assert.deepEqual((await observed()).complaints, []);
    assert.deepEqual(await called('echo', 1), [1]);
  });

  it('takes the system path', async () => {
    const before = await observed();
    assert.equal(await called('path'), 'system');
    await settled();
    const after = await observed();
    assert.equal(after.asynchronous - before.asynchronous, 1);
    assert.equal(after.synchronous, before.synchronous);
    assert.equal(after.resets - before.resets, 1);
  });

  it('answers over the bridge if CreateCall is asked for an interface that it does not have', async () => {
    await behave('double: create for ISynchronize');
    const before = await observed();
    assert.equal(await called('path'), 'bridge');
    assert.equal((await observed()).synchronous - before.synchronous, 1);
  });

  it('reads no [in] data after Begin_ has returned', async () => {
    assert.deepEqual(await called('echoLate', 1, 2), ['echoLate', 1, 2]);
  });

  it('removes a token of its own before the thread is COM’s again', async () => {
    assert.equal(await called('leaveToken', false), 'left');
    assert.equal(await called('leaveToken', true), 'left');
  });

  for (const how of [
    'none',
    'double: Finish_ after failed Begin_',
    'double: Signal after failed Begin_',
  ]) {
    it(`tells a client that the server is busy, whatever COM does if Begin_ fails: ${how}`, async () => {
      await behave(how);
      for (const name of ['a', 'b']) {
        await client.begin(1, 'hold', name);
        assert.equal(await server.next('held'), name);
      }
      await client.begin(1, 'echo');
      const refused = await within(deadline, client.ended(), 'the refusal');
      assert.equal('error' in refused && refused.error.code, 'RPC_E_SERVERCALL_RETRYLATER');
      assert.equal((await observed()).failedBegins, 0);
      for (const name of ['a', 'b']) {
        await server.ask('letGo', name, name);
        assert.deepEqual(await client.ended(), { value: name });
      }
    });
  }

  for (const how of ['double: Signal fails', 'double: drops result']) {
    it(`frees an answer that its client did not get: ${how}`, async () => {
      await behave(how);
      const megabyte = 2 ** 20;
      const once = async () => {
        await assert.rejects(called('signal', 2 * megabyte), { code: 'RPC_E_DISCONNECTED' });
        const code = how.endsWith('fails') ? 'RPC_E_DISCONNECTED' : 'S_OK';
        assert.equal(await server.next('signalled'), code);
      };
      await once();
      await settled();
      const before = testAddon.resourcesOf(server.pid).bytes;
      const objects = await server.ask('comObjects');
      for (let call = 0; call < 20; ++call) await once();
      await settled();
      assert.ok(testAddon.resourcesOf(server.pid).bytes - before < 30 * megabyte);
      await until(async () => (await server.ask('comObjects')) === objects, 'no object is left');
      assert.equal(await server.ask('callsInProgress'), 0);
    });
  }

  it('signals once, if the handler signals inside Begin_ and outside at the same time', async () => {
    const before = await observed();
    assert.equal(await called('signalTwice'), 'answer');
    assert.deepEqual(await server.next('signalled'), ['S_OK', 'S_OK', 'S_OK']);
    const after = await observed();
    assert.equal(after.signals - before.signals, 1);
    assert.equal(after.signalsInBegin - before.signalsInBegin, 1);
  });

  it('signals outside Begin_ after Begin_ has returned', async () => {
    const before = await observed();
    await called('echoLate');
    const after = await observed();
    assert.equal(after.signals - before.signals, 1);
    assert.equal(after.signalsInBegin - before.signalsInBegin, 0);
  });

  it('handles two calls on one object at once', async () => {
    for (const name of ['first', 'second']) {
      await client.begin(1, 'hold', name);
      assert.equal(await server.next('held'), name);
    }
    assert.equal((await observed()).controllingUnknowns, 2);
    for (const name of ['second', 'first']) {
      await server.ask('letGo', name, name);
      assert.deepEqual(await client.ended(), { value: name });
    }
  });

  // SEC-1 to SEC-3, SEC-6 and SEC-8, as far as async-com keeps them. What Windows itself does for
  // them is not observable here: the double made these tokens and blankets.
  describe('reports of a client', () => {
    for (const [granted, level] of [
      ['double: grants identify', 'identification'],
      ['double: grants impersonate', 'impersonation'],
      ['double: grants delegate', 'delegation'],
    ] as const) {
      it(`that it granted the token’s level, and its blanket: ${level}`, async () => {
        await behave(granted);
        const { blanket, impersonate, state, level: seen, needed, ...report } = await reported();
        assert.deepEqual([impersonate, state, seen], ['S_OK', 'present', level]);
        assert.deepEqual([report.allowed, report.duplicated], [true, 'S_OK']);
        // A handler that needs more than the client granted is refused.
        assert.equal(needed, level === 'identification' ? 'ERROR_BAD_IMPERSONATION_LEVEL' : 'S_OK');
        assert.ok(typeof blanket === 'object', JSON.stringify(blanket));
        assert.equal(blanket.authnService, 'winnt');
        assert.equal(blanket.authnLevel, 'pkt-privacy' satisfies keyof typeof authnLevels);
        assert.match(blanket.client ?? '', /^.+\\.+$/);
      });
    }

    it('that it is anonymous, and does nothing in its name', async () => {
      await behave('double: grants anonymous');
      const { impersonate, state, level, allowed, duplicated, opened, needed } = await reported();
      assert.deepEqual([impersonate, state, level], ['S_OK', 'anonymous', null]);
      assert.equal(allowed, 'ERROR_CANT_OPEN_ANONYMOUS');
      assert.equal(opened, 'ERROR_CANT_OPEN_ANONYMOUS');
      assert.equal(duplicated, 'ERROR_BAD_IMPERSONATION_LEVEL');
      assert.equal(needed, 'ERROR_BAD_IMPERSONATION_LEVEL');
    });

    it('that nobody was authenticated, and does nothing in its name', async () => {
      await behave('double: grants nothing');
      const { blanket, impersonate, state, impersonating, ...refused } = await reported();
      assert.ok(typeof blanket === 'object', JSON.stringify(blanket));
      assert.deepEqual(
        [blanket.authnService, blanket.authnLevel, blanket.client],
        ['none', 'none', null],
      );
      assert.deepEqual(
        [impersonate, state, impersonating],
        ['RPC_S_NO_CONTEXT_AVAILABLE', 'absent', false],
      );
      assert.deepEqual(
        [refused.allowed, refused.opened, refused.duplicated],
        ['ERROR_NO_TOKEN', 'ERROR_NO_TOKEN', 'ERROR_NO_TOKEN'],
      );
    });

    it('a failure if ImpersonateClient succeeds and puts no token on the thread', async () => {
      await behave('double: impersonates nothing');
      const { impersonate, state, impersonating, opened } = await reported();
      assert.deepEqual(
        [impersonate, state, impersonating, opened],
        ['ERROR_NO_TOKEN', 'absent', false, 'ERROR_NO_TOKEN'],
      );
    });

    it('what each of two calls granted', async () => {
      await behave('double: grants identify');
      assert.equal((await reported()).level, 'identification');
      await behave('double: grants impersonate');
      assert.equal((await reported()).level, 'impersonation');
    });
  });

  // A process was handed a reference by another one, which dies before the first call.
  for (const [what, how, code] of [
    ['keeps the object for others', 'none', 'S_OK'],
    [
      'on a COM without rundown takes the object from all',
      'double: no rundown',
      'RPC_E_DISCONNECTED',
    ],
  ] as const) {
    it(`cancels the calls of a client that dies, and ${what}`, async () => {
      await behave(how);
      const first = await Child.start('handing-client');
      assert.equal(await first.ask('connect', clsid), 'S_OK');
      const reference = (await first.ask('reference')) as string;
      const second = await Child.start('handing-client');
      await second.ask('adoptOnly', reference);
      first.tell('begin', 'hold');
      await server.next('held');
      await first.kill();
      await server.next('cancelled');
      // This is longer than the server needs to take back an object.
      await delay(300);
      assert.equal(await second.ask('call'), code);
    });
  }
});

describe('a server on a double of COM without the asynchronous mapping', () => {
  after(endChildren);

  it('answers over the bridge', async function () {
    if (await hasAsyncMapping()) skip(this, 'the asynchronous mapping is registered here already');
    const clsid = newClsid();
    const server = await Child.startIn(doubleEnv, 'double-server', clsid, 'no mapping');
    await using client = await RemoteClient.start(clsid);
    assert.equal(await client.call('path'), 'bridge');
    const { asynchronous, synchronous } = (await server.ask('observed')) as ObservedByDouble;
    assert.deepEqual({ asynchronous, synchronous }, { asynchronous: 0, synchronous: 1 });
  });
});
