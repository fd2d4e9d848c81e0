// Calls that are cancelled at each step of their life, and connections that are closed during calls.
import assert from 'node:assert/strict';

import { cancelSteps } from '../calls/cancels.js';
import { startClient } from '../processes.js';
import { type Faults, newNames, randomWay } from './scene.js';

const cancelsOfEach = 22;

export const cancelCalls: Faults = async ({ caller, survivor }, random) => {
  const counts: Record<string, number> = {};
  for (const step of cancelSteps) {
    const seed = Math.floor(random() * 2 ** 31);
    await caller.answer(caller.remote.cancelCalls(survivor.clsid, step, seed, cancelsOfEach));
    counts[`calls cancelled ${step}`] = cancelsOfEach;
  }
  return counts;
};

export const closeConnections: Faults = async (scene, random) => {
  const { caller, survivor } = scene;
  const closes = 7;
  await using client = await startClient();
  const { clsid } = survivor;
  for (let close = 0; close < closes; ++close) {
    const names = newNames(2);
    const way = randomWay(random);
    await client.answer(client.remote.hold(clsid, names, way, true));
    await client.answer(client.remote.close(clsid));
    ++scene.connections['TypeScript server'];
    for (const name of names) await caller.answer(caller.remote.letGo(clsid, name));
    const ends = await client.answer(client.remote.howHeldCallsEnded());
    const value = way === 'signalled' ? 'value signalled' : 'value let go';
    assert.deepEqual(ends, { [value]: names.length }, 'calls on a closed connection');
  }
  return { 'connections closed during calls': closes };
};
