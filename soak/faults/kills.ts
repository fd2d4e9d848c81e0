// Processes that are killed in the middle of calls.
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';

import { newClsid } from '#lib/value/identifiers.js';
import { until } from '#test/support/until.js';
import { wordsOf } from '#test/support/variant-words.js';

import { startClient, startServer } from '../processes.js';
import { type Faults, newNames, randomWay, type Scene, startClientOf } from './scene.js';

const clientsOfEachServer = 8;
const callsOfEach = 3;

/** Returns how many held calls were told that their client has died. */
async function deathsTold({ survivor: { server } }: Scene): Promise<number> {
  return (await server.answer(server.remote.state())).told['RPC_E_CLIENT_DIED'] ?? 0;
}

/** Half of the clients die when their calls are held, the others at a random moment before. */
export const killNativeClients: Faults = async (scene, random) => {
  const { caller, survivor } = scene;
  const kills = clientsOfEachServer;
  for (let kill = 0; kill < kills; ++kill) {
    const names = newNames(callsOfEach);
    const client = await startClientOf(scene, 'TypeScript server');
    const before = await deathsTold(scene);
    const way = randomWay(random);
    for (const [id, name] of names.entries()) {
      client.write([String(id), ...['hold', name, way].map(wordsOf)].join(' '));
    }
    if (kill % 2 === 0) {
      for (const name of names) {
        await caller.answer(caller.remote.untilHeld(survivor.clsid, name));
      }
      await client.kill();
      await until(
        async () => (await deathsTold(scene)) >= before + callsOfEach,
        'the handlers are told that the client has died',
      );
    } else {
      await delay(random() * 30);
      await client.kill();
    }
  }
  return { 'killed C++ clients': kills };
};

/** The same, beside the C++ server. Nobody tells its handlers, so the calls must be released. */
export const killClientsOfPlainServer: Faults = async (scene, random) => {
  const keys: number[] = [];
  for (let kill = 0; kill < clientsOfEachServer; ++kill) {
    const client = await startClientOf(scene, 'C++ server');
    for (let id = 0; id < callsOfEach; ++id) {
      const key = keys.length + 1;
      keys.push(key);
      client.write([String(id), wordsOf('hold'), wordsOf(key)].join(' '));
    }
    // Clients that die earlier often make Wine's own server unreachable.
    await delay(20 + random() * 30);
    await client.kill();
  }
  const client = await startClientOf(scene, 'C++ server');
  for (const key of keys) {
    client.write([String(key), wordsOf('release'), wordsOf(key)].join(' '));
    await client.nextLine();
  }
  await client[Symbol.asyncDispose]();
  return {};
};

export const killNodeClients: Faults = async (scene, random) => {
  const kills = 2;
  for (let kill = 0; kill < kills; ++kill) {
    const names = newNames(callsOfEach);
    const before = await deathsTold(scene);
    const client = await startClient();
    ++scene.connections['TypeScript server'];
    await client.answer(client.remote.hold(scene.survivor.clsid, names, randomWay(random), true));
    await client.kill();
    await until(
      async () => (await deathsTold(scene)) === before + callsOfEach,
      'the handlers are told that the client has died',
    );
  }
  return { 'killed TypeScript clients': kills };
};

/** What a call may end with when its server was killed. */
const endsOfKilled = new Set([
  'RPC_S_CALL_FAILED',
  'RPC_S_SERVER_UNAVAILABLE',
  'RPC_S_SERVER_TOO_BUSY', // Wine gives it when the server dies while the call connects.
  'value signalled',
]);

export const killServers: Faults = async ({ caller }, random) => {
  const kills = 2;
  for (let kill = 0; kill < kills; ++kill) {
    const clsid = newClsid();
    const server = await startServer(clsid);
    const names = newNames(callsOfEach);
    const held = random() < 0.5;
    await caller.answer(caller.remote.hold(clsid, names, randomWay(random), held));
    await server.kill();
    const ends = await caller.answer(caller.remote.howHeldCallsEnded());
    for (const end of Object.keys(ends)) {
      assert.ok(endsOfKilled.has(end), `a call to a killed server ended with ${end}`);
    }
    const next = await caller.answer(caller.remote.callWithTimeout(clsid, 10_000));
    assert.match(next, /^RPC_(S_SERVER_UNAVAILABLE|S_CALL_FAILED|E_DISCONNECTED)/);
    await caller.answer(caller.remote.close(clsid));
  }
  return { 'killed servers': kills };
};
