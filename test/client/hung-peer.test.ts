import assert from 'node:assert/strict';

import { newClsid } from '#lib/value/identifiers.js';

import { Child } from '../support/child.js';
import { testAddon } from '../support/test-addon.js';

/** Well above what the work takes, and well below what a process waits for one that hangs. */
const soon = 2000;

/** The calls that a worker makes: more than a peer has threads for. */
const calls = 260;

describe('a client whose server’s process is suspended', function () {
  this.timeout(60_000);

  let hung: Child;
  let healthy: Child;
  let client: Child;
  let healthyClsid = '';

  beforeEach(async () => {
    const hungClsid = newClsid();
    healthyClsid = newClsid();
    [hung, healthy, client] = await Promise.all([
      Child.start('cancelling-server', hungClsid),
      Child.start('cancelling-server', healthyClsid),
      Child.start('calling-host'),
    ]);
    await client.ask('timeOfCall', healthyClsid);
    await client.ask('connectTo', hungClsid, 12);
  });

  afterEach(async () => {
    testAddon.resumeProcess(hung.pid);
    await Promise.all([client.kill(), hung.kill(), healthy.kill()]);
  });

  async function takesNoTime(command: string, ...args: unknown[]): Promise<void> {
    const time = (await client.ask(command, ...args)) as number;
    assert.ok(time < soon, `${command} took ${String(time)} ms`);
  }

  it('listens, closes, calls others and ends at once after it has closed its connections', async () => {
    testAddon.suspendProcess(hung.pid);
    await client.ask('closeConnections');
    await takesNoTime('timeOfOwnWork', newClsid());
    await takesNoTime('timeOfCall', healthyClsid);
    client.tell('exit');
    const { code, milliseconds } = await client.exited();
    assert.equal(code, 0);
    assert.ok(milliseconds < soon, `the process ended after ${String(milliseconds)} ms`);
  });

  it('cancels calls to another server at once after it has cancelled those to the hung one', async () => {
    testAddon.suspendProcess(hung.pid);
    await client.ask('cancelOnEach');
    await takesNoTime('timeOfCancel', healthyClsid);
    await takesNoTime('timeOfCall', healthyClsid);
    await takesNoTime('timeOfOwnWork', newClsid());
  });
});

describe('a worker that ends while it waits for calls', function () {
  this.timeout(60_000);

  it('cancels its calls, and other threads of the process can call', async () => {
    const [clsid, other] = [newClsid(), newClsid()];
    await using server = await Child.start('cancelling-server', clsid);
    await using _other = await Child.start('cancelling-server', other);
    await using client = await Child.start('calling-host');
    await client.ask('timeOfCall', other);
    await client.ask('startWorker', clsid, calls);
    for (let held = 0; held < 256; ++held) await server.next('held');
    await client.ask('terminate');
    for (let told = 0; told < 256; ++told) {
      const { code } = (await server.next('cancelled')) as { code: string };
      assert.equal(code, 'RPC_E_CALL_CANCELED');
    }
    for (const one of [other, clsid]) {
      const time = (await client.ask('timeOfCall', one)) as number;
      assert.ok(time < soon, `the call took ${String(time)} ms`);
    }
    assert.equal(await server.ask('callsInProgress'), 0);
  });
});
