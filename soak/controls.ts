// Shows that the soak would notice what it looks for. It runs before every soak.
import assert from 'node:assert/strict';

import { newClsid } from '#lib/value/identifiers.js';

import { becomesIdle, GrowthMeter, threadsWithToken } from './health.js';
import { growsFaster } from './judgement.js';
import { startClient, startServer } from './processes.js';

/** @throws AssertionError - A check does not notice what is wrong. */
export async function checkTheChecks(): Promise<void> {
  const clsid = newClsid();
  await using server = await startServer(clsid);
  await using client = await startClient();
  const { comObjects } = await server.answer(server.remote.state());
  const isIdle = (objects: number) => becomesIdle(server, objects, 500);
  await isIdle(comObjects);

  const name = 'control';
  await client.answer(client.remote.hold(clsid, [name], 'impersonating', true));
  assert.equal((await threadsWithToken(server.pid)).length, 1, 'a token on a thread');
  await assert.rejects(isIdle(Infinity), 'a call that its handler holds');
  await client.answer(client.remote.letGo(clsid, name));
  await client.answer(client.remote.howHeldCallsEnded());
  await assert.rejects(isIdle(comObjects), 'the object of a connection');
  await client.answer(client.remote.close(clsid));
  await isIdle(comObjects);

  const [grows, stays] = [new GrowthMeter(client.pid), new GrowthMeter(server.pid)];
  await client.answer(client.remote.leakHandles(100));
  const growth = { grows: grows.since(1000), stays: stays.since(1000) };
  const tolerance = { handles: 0.01, threads: 1, bytes: 1e6 };
  const all = { units: 1000, counts: {}, growth };
  assert.deepEqual(growsFaster(all, 'stays', 'grows', tolerance), []);
  assert.match(growsFaster(all, 'grows', 'stays', tolerance).join(), /^grows grows by .* handles/);
}
