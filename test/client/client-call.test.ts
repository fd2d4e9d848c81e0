import assert from 'node:assert/strict';
import { type ClientCall, connect, type Connection, type Value } from 'async-com';

import { Child, endChildren } from '../support/child.js';
import { newClsid } from '#lib/value/identifiers.js';
import { testAddon } from '../support/test-addon.js';
import { lendings } from '../support/lending.js';
import { until } from '../support/until.js';
import { within } from '../support/within.js';

describe('ClientCall', function () {
  this.timeout(30_000);
  const clsid = newClsid();
  let server: Child;
  let connection: Connection;
  let call: ClientCall;

  before(async () => {
    server = await Child.start('cancelling-server', clsid);
    connection = await connect(clsid);
  });

  beforeEach(async () => {
    call = await connection.createCall();
  });

  afterEach(async () => {
    call.release();
    await server.ask('letGo');
    await until(async () => (await server.ask('callsInProgress')) === 0, 'no call is in progress');
  });

  after(async () => {
    connection.close();
    await endChildren();
  });

  it('makes a call with begin(), wait() and finish()', async () => {
    await call.begin('held', 'a');
    await server.next('held');
    assert.equal(await call.wait(0), false);
    assert.equal(await call.wait(20), false);
    await server.ask('letGo');
    assert.equal(await call.wait(), true);
    assert.equal(await call.wait(0), true, 'complete is complete');
    assert.equal(await call.finish(), 'not cancelled');
  });

  it('waits in finish() when wait() is not called', async () => {
    const values: Value[] = [1, 'two', null, [true, 5n], new Date(0), Buffer.from('bytes')];
    await call.begin('echo', ...values);
    assert.deepEqual(await call.finish(), values);
  });

  it('runs wait() and finish() after begin() when begin() is not awaited', async () => {
    const begun = call.begin('echo', 1);
    const waited = call.wait();
    const finished = call.finish();
    await begun;
    await waited.catch(() => undefined); // finish() may have ended first
    assert.deepEqual(await finished, [1]);
  });

  it('can be used again after finish(), also when the call failed', async () => {
    for (let count = 0; count < 20; ++count) {
      await call.begin('echo', count);
      assert.deepEqual(await call.finish(), [count]);
      await call.begin('fail');
      await assert.rejects(call.finish(), {
        name: 'ComError',
        origin: 'handler',
        hresult: 0x80070002,
        message: 'as asked',
      });
      await call.begin('nobody');
      await assert.rejects(call.finish(), { origin: 'call', code: 'DISP_E_MEMBERNOTFOUND' });
    }
  });

  it('rejects a second begin() while a call is pending', async () => {
    await call.begin('held', 'a');
    await server.next('held');
    await assert.rejects(call.begin('echo'), { code: 'RPC_S_CALLPENDING' });
    await server.ask('letGo');
    await call.wait();
    await assert.rejects(call.begin('echo'), { code: 'RPC_S_CALLPENDING' });
    assert.equal(await call.finish(), 'not cancelled');
  });

  it('leaves no handles open after a begin() that was rejected', async () => {
    await call.begin('held', 'a');
    await server.next('held');
    const refuse = async (times: number) => {
      for (let time = 0; time < times; ++time) {
        await assert.rejects(call.begin('echo'), { code: 'RPC_S_CALLPENDING' });
      }
      return testAddon.resourcesOf(process.pid).handles;
    };
    const before = await refuse(20);
    const after = await refuse(200);
    assert.ok(after - before < 50, `${before} → ${after} handles`);
    await server.ask('letGo');
    assert.equal(await call.finish(), 'not cancelled');
  });

  it('has no call to finish, wait for or cancel before begin() and after finish()', async () => {
    const nothing = async () => {
      await assert.rejects(call.finish(), { code: 'RPC_E_CALL_COMPLETE' });
      await assert.rejects(call.wait(0), { code: 'RPC_E_CALL_COMPLETE' });
      assert.equal(await call.cancel(), false);
    };
    await nothing();
    await call.begin('echo');
    await call.finish();
    await nothing();
  });

  for (const [how, lent] of lendings) {
    it(`ends wait() at once on cancel(), and rejects begin() until finish() (${how})`, async () => {
      await call.begin('untilCancelled', 'a', lent);
      await server.next('held');
      const waiting = call.wait();
      assert.equal(await call.cancel(), true);
      assert.equal(await waiting, true);
      assert.deepEqual(await server.next('cancelled'), { name: 'a', code: 'RPC_E_CALL_CANCELED' });
      await assert.rejects(call.begin('echo'), { code: 'RPC_S_CALLPENDING' });
      await assert.rejects(call.cancel(), { code: 'RPC_S_CALL_CANCELLED' });
      await assert.rejects(call.finish(), { code: 'RPC_E_CALL_CANCELED', origin: 'call' });
      await call.begin('echo', 'again');
      assert.deepEqual(await call.finish(), ['again']);
    });

    it(`can be cancelled when the handler ignores it, and drops the late answer (${how})`, async () => {
      await call.begin('held', 'a', lent);
      await server.next('held');
      assert.equal(await call.cancel(), true);
      await assert.rejects(call.finish(), { code: 'RPC_E_CALL_CANCELED', origin: 'call' });
      assert.equal(await server.ask('callsInProgress'), 1, 'the handler goes on');
      await call.begin('echo', 'meanwhile');
      await server.ask('letGo');
      assert.deepEqual(await call.finish(), ['meanwhile']);
    });
  }

  it('can be cancelled while calls hold every client thread', async function () {
    this.timeout(60_000);
    await call.begin('held', 'first');
    await server.next('held');
    const others: ClientCall[] = [];
    for (let count = 1; count < 256; ++count) {
      const other = await connection.createCall();
      others.push(other);
      await other.begin('held', 'other');
      await server.next('held');
    }
    assert.equal(await within(10_000, call.cancel(), 'the cancellation'), true);
    for (const other of others) other.release();
  });

  it('is not cancelled when it completes within the time given to cancel()', async () => {
    await call.begin('held', 'a');
    await server.next('held');
    const cancelled = call.cancel(15);
    await server.ask('letGo');
    assert.equal(await cancelled, false);
    assert.equal(await call.finish(), 'not cancelled');
  });

  it('can be released during a call, which continues', async () => {
    await call.begin('held', 'a');
    await server.next('held');
    call.release();
    await assert.rejects(call.finish(), { code: 'CO_E_RELEASED' });
    assert.equal(await server.ask('callsInProgress'), 1);
  });

  it('is released at the end of the block of `using`', async () => {
    let outside: ClientCall;
    {
      using inside = await connection.createCall();
      await inside.begin('echo', 1);
      assert.deepEqual(await inside.finish(), [1]);
      outside = inside;
    }
    await assert.rejects(outside.begin('echo'), { code: 'CO_E_RELEASED' });
  });

  it('names the argument that is not valid, and begins no call', async () => {
    await assert.rejects(call.begin(5 as unknown as string), {
      name: 'TypeError',
      message: 'method must be a string',
    });
    await assert.rejects(call.begin('echo', new WeakMap() as unknown as Value), {
      name: 'TypeError',
      message: /^arguments\[0\] /,
    });
    for (const wrong of [-1, NaN, '5', null, 2 ** 32 - 1, 2 ** 32 - 1.5, 2 ** 32]) {
      await assert.rejects(call.wait(wrong as number), { message: /^milliseconds must be/ });
    }
    for (const wrong of [-1, NaN, 1.5, '5', null, 2 ** 32]) {
      await assert.rejects(call.cancel(wrong as number), { message: /^seconds must be/ });
    }
    await call.begin('echo', 1);
    assert.deepEqual(await call.finish(), [1]);
  });

  it('cannot be created on a connection that was closed', async () => {
    const closed = await connect(clsid);
    closed.close();
    await assert.rejects(closed.createCall(), { code: 'CO_E_OBJNOTCONNECTED' });
  });
});
