import assert from 'node:assert/strict';
import {
  type Blanket,
  type BlanketOptions,
  connect,
  type Connection,
  type ConnectOptions,
} from 'async-com';
import { native } from '#lib/native/addon.js';

import { CallHost } from '../support/call-host.js';
import { Child } from '../support/child.js';
import { newClsid } from '#lib/value/identifiers.js';
import { skip } from '../support/skip.js';
import { testAddon } from '../support/test-addon.js';

describe('a connection’s blanket', () => {
  const clsid = newClsid();
  let server: Child;
  let connection: Connection;

  before(async () => {
    server = await Child.start('server', clsid);
    connection = await connect(clsid);
  });

  after(async () => {
    connection.close();
    await server[Symbol.asyncDispose]();
  });

  it('is rejected with the name of the option that is not valid', async () => {
    const bad: readonly (readonly [blanket: unknown, message: RegExp])[] = [
      [null, /^options\.blanket must be an object$/],
      ['pkt', /^options\.blanket must be an object$/],
      [{ authnLevel: 'packet' }, /^options\.blanket\.authnLevel must be 'default', 'none'/],
      [{ impersonationLevel: 3 }, /^options\.blanket\.impersonationLevel must be/],
      [{ cloaking: 'full' }, /^options\.blanket\.cloaking must be 'none', 'static' or 'dynamic'$/],
      [{ serverPrincipal: '' }, /^options\.blanket\.serverPrincipal must be a non-empty string/],
      [{ as: {} }, /^options\.blanket\.as needs options\.blanket\.cloaking to be 'static'/],
      [{ as: {}, cloaking: 'none' }, /^options\.blanket\.as needs/],
      [{ as: {}, cloaking: 'static' }, /^options\.blanket\.as must be a Token$/],
    ];
    for (const [blanket, message] of bad) {
      await assert.rejects(connect(clsid, { blanket } as ConnectOptions), {
        name: 'TypeError',
        message,
      });
      await assert.rejects(connection.call({ method: 'echo', blanket } as { method: string }), {
        name: 'TypeError',
        message,
      });
      const forConnection = new RegExp(message.source.replaceAll(/options\\\.(?=blanket)/g, ''));
      await assert.rejects(connection.setBlanket(blanket as BlanketOptions), {
        name: 'TypeError',
        message: forConnection,
      });
    }
  });

  it('is optional in the options of a call', async () => {
    assert.deepEqual(await connection.call({ method: 'echo' }, 1, 'two'), [1, 'two']);
    for (const options of [{}, { method: 5 }, { blanket: {} }]) {
      await assert.rejects(connection.call(options as { method: string }), {
        name: 'TypeError',
        message: 'options.method must be a string',
      });
    }
  });

  it('cannot be queried or set after the connection is closed', async () => {
    const closed = await connect(clsid);
    closed.close();
    for (const failing of [closed.queryBlanket(), closed.setBlanket({ authnLevel: 'pkt' })]) {
      await assert.rejects(failing, { name: 'ComError', code: 'CO_E_OBJNOTCONNECTED' });
    }
  });

  it('fails with E_NOTIMPL if proxies have no blankets here, and the connection still works', async function () {
    const refused = { name: 'ComError', code: 'E_NOTIMPL', message: /IClientSecurity::/ };
    try {
      await connection.queryBlanket();
    } catch {
      assert.notEqual(native.wineVersion(), null, 'Windows has blankets on proxies');
      await assert.rejects(connection.queryBlanket(), refused);
      await assert.rejects(connection.setBlanket({ authnLevel: 'pkt' }), refused);
      await assert.rejects(connect(clsid, { blanket: { authnLevel: 'pkt' } }), refused);
      const call = connection.call({ method: 'echo', blanket: { authnLevel: 'pkt' } }, 1);
      await assert.rejects(call, { name: 'ComError', code: 'E_NOTIMPL', origin: 'call' });
      assert.deepEqual(await connection.call('echo', 1), [1]);
      return;
    }
    skip(this, 'COM has blankets on proxies here');
  });

  describe('on a host whose proxies have blankets', () => {
    before(async function () {
      const { code } = await (await firstOf(native.connect(clsid))).queryBlanket();
      if (code !== 'S_OK') skip(this, `IClientSecurity::QueryBlanket answers ${code} here`);
    });

    it('has the values of the process’s security at first', async () => {
      const { authnLevel, impersonationLevel, cloaking } = await connection.queryBlanket();
      assert.equal(impersonationLevel, 'identify');
      assert.equal(authnLevel, 'pkt-privacy');
      assert.equal(cloaking, 'none');
    });

    it('is set for one connection and no other', async () => {
      using one = await connect(clsid, { blanket: { impersonationLevel: 'impersonate' } });
      using other = await connect(clsid);
      assert.equal((await one.queryBlanket()).impersonationLevel, 'impersonate');
      await one.setBlanket({ cloaking: 'static' });
      const blanket: Blanket = await one.queryBlanket();
      assert.equal(blanket.cloaking, 'static');
      assert.equal(blanket.impersonationLevel, 'impersonate', 'what is left out stays');
      assert.equal((await other.queryBlanket()).impersonationLevel, 'identify');
      assert.deepEqual(await one.call('echo', 1), [1]);
    });

    it('is set for one call and no other', async () => {
      const blanket = { impersonationLevel: 'impersonate' } as const;
      assert.deepEqual(await connection.call({ method: 'echo', blanket }, 1), [1]);
      assert.equal((await connection.queryBlanket()).impersonationLevel, 'identify');
    });
  });
});

describe('connect() with options.host', () => {
  const clsid = newClsid();

  it('rejects a value that is not a host', async () => {
    for (const host of ['', ' ', 'a b', 'a\0', 5, null, {}]) {
      await assert.rejects(connect(clsid, { host } as unknown as ConnectOptions), {
        name: 'TypeError',
        message: /^options\.host must be a computer's name or address/,
      });
    }
    for (const options of [null, 'localhost', 5]) {
      await assert.rejects(connect(clsid, options as ConnectOptions), {
        name: 'TypeError',
        message: 'options must be an object',
      });
    }
  });

  it('accepts the names of this computer', async () => {
    await using server = await Child.start('server', clsid);
    for (const host of ['localhost', 'LocalHost', '127.0.0.1', process.env['COMPUTERNAME'] ?? '']) {
      using connection = await connect(clsid, { host });
      assert.equal(await connection.call('pid'), server.pid);
    }
  });

  it('names the host in the error if the host has no such class or does not exist', async () => {
    await assert.rejects(connect(newClsid(), { host: 'localhost' }), {
      name: 'ComError',
      code: 'REGDB_E_CLASSNOTREG',
      message: / on the host 'localhost': CoCreateInstance/,
    });
    await assert.rejects(connect(clsid, { host: 'no-such-host.invalid' }), (error: Error) => {
      const { code } = error as unknown as { code: string };
      // Wine 8.0 knows no other computers.
      const expected =
        native.wineVersion() === null ? 'RPC_S_SERVER_UNAVAILABLE' : 'REGDB_E_CLASSNOTREG';
      assert.equal(code, expected);
      assert.match(
        error.message,
        / on the host 'no-such-host\.invalid': CoCreateInstanceEx failed /,
      );
      return true;
    });
  });

  it('never connects to a server on this computer under the name of another one', async () => {
    await using _server = await Child.start('server', clsid);
    await assert.rejects(connect(clsid, { host: 'no-such-host.invalid' }), { name: 'ComError' });
  });
});

describe('ServerCall.client', () => {
  let host: CallHost;

  before(async () => {
    host = await CallHost.start();
  });

  after(async () => {
    await host[Symbol.asyncDispose]();
  });

  it('has the values as COM’s names and as numbers', async () => {
    await host.call(async (call) => {
      const client = await call.client;
      assert.deepEqual(await call.queryBlanket(), client);
      assert.equal(typeof client.numbers.authnService, 'number');
      assert.equal(client.numbers.authnLevel, 6);
      assert.equal(client.impersonationLevel, null, 'COM does not tell it at the server');
      assert.equal(client.authnLevel, 'pkt-privacy');
      assert.notEqual(client.authnService, 'none');
      assert.ok(Array.isArray(client.capabilities));
    });
  });

  it('stays available after Signal when it was read before', async () => {
    await host.call(async (call) => {
      const before = await call.client;
      await call.signal();
      assert.equal(await call.client, before);
      await assert.rejects(call.queryBlanket(), { name: 'ComError' });
    });
  });

  it('cannot be read for the first time after Signal', async () => {
    await host.call(async (call) => {
      await call.signal();
      await assert.rejects(call.client, { name: 'ComError', code: 'RPC_E_CALL_COMPLETE' });
    });
  });
});

async function firstOf<T>(outcome: Promise<{ readonly value?: T }>): Promise<T> {
  const { value } = await outcome;
  assert.ok(value !== undefined);
  return value;
}

describe('the blanket of a client that is not known to be on this computer', () => {
  it('names no client, because the identity may be something else than a string', async () => {
    const { code, value } = await testAddon.blanketWithIdentity();
    assert.equal(code, 'S_OK');
    assert.equal(value?.authnService, 10);
    assert.equal(value.client, null);
  });
});
