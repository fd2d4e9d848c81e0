// Worker threads that are terminated in the middle of calls.
import assert from 'node:assert/strict';

import { newClsid } from '#lib/value/identifiers.js';
import { until } from '#test/support/until.js';

import { type Faults, newNames, randomWay, unanswered } from './scene.js';

export const terminateClients: Faults = async (scene, random) => {
  const { workerHost, survivor } = scene;
  const { server, clsid } = survivor;
  const workers = 6;
  for (let worker = 0; worker < workers; ++worker) {
    const names = newNames(10);
    const untilHeld = random() < 0.5;
    await workerHost.answer(
      workerHost.remote.startClient(clsid, names, randomWay(random, unanswered), untilHeld),
    );
    await workerHost.answer(workerHost.remote.terminate());
    await until(
      async () => (await server.answer(server.remote.state())).running === 0,
      'the handlers are told that the worker’s calls are cancelled',
    );
    assert.equal(await workerHost.answer(workerHost.remote.control(clsid)), 'control');
    scene.connections['TypeScript server'] += 2;
  }
  return { 'terminated workers with calls': workers };
};

/** What a call may end with when its server's worker was terminated. */
const endsOfTerminated = new Set(['CO_E_SERVER_STOPPING', 'value signalled']);
/** The same for a call that the server did not have yet. */
const endsOfLate = new Set([...endsOfTerminated, 'RPC_E_DISCONNECTED']);

export const terminateServers: Faults = async ({ workerHost, caller }, random) => {
  const workers = 5;
  for (let worker = 0; worker < workers; ++worker) {
    const clsid = newClsid();
    await workerHost.answer(workerHost.remote.startServer(clsid));
    const names = newNames(10);
    const held = random() < 0.5;
    await caller.answer(caller.remote.hold(clsid, names, randomWay(random), held));
    await workerHost.answer(workerHost.remote.terminate());
    const ends = await caller.answer(caller.remote.howHeldCallsEnded());
    for (const end of Object.keys(ends)) {
      assert.ok(
        (held ? endsOfTerminated : endsOfLate).has(end),
        `a call to a terminated worker ended with ${end}`,
      );
    }
    await caller.answer(caller.remote.close(clsid));
  }
  return { 'terminated workers with a server': workers };
};
