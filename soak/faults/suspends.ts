// Processes that stop in the middle of calls, and go on later.
import assert from 'node:assert/strict';

import { newClsid } from '#lib/value/identifiers.js';
import { testAddon } from '#test/support/test-addon.js';
import { wordsOf } from '#test/support/variant-words.js';

import { startServer } from '../processes.js';
import { control, type Faults, newNames, randomWay, startClientOf } from './scene.js';

/** What concerns no suspended process takes less than this, in milliseconds. */
const soon = 5000;

export const suspendServers: Faults = async (scene, random) => {
  const { caller } = scene;
  const suspends = 6;
  const clsid = newClsid();
  await using server = await startServer(clsid);
  for (let suspend = 0; suspend < suspends; ++suspend) {
    const names = newNames(3);
    await caller.answer(caller.remote.hold(clsid, names, randomWay(random), random() < 0.5));
    testAddon.suspendProcess(server.pid);
    try {
      const code = await caller.answer(caller.remote.callWithTimeout(clsid, 20), soon);
      assert.equal(code, 'RPC_E_CALL_CANCELED');
      await control(scene, 'TypeScript server', soon);
    } finally {
      testAddon.resumeProcess(server.pid);
    }
    for (const name of names) await caller.answer(caller.remote.untilHeld(clsid, name));
    await server.answer(server.remote.letAllGo());
    const ends = await caller.answer(caller.remote.howHeldCallsEnded());
    for (const end of Object.keys(ends)) assert.match(end, /^value (let go|signalled)$/);
  }
  await caller.answer(caller.remote.close(clsid));
  return { 'suspended servers': suspends };
};

export const suspendClients: Faults = async (scene, random) => {
  const { caller, survivor } = scene;
  const suspends = 5;
  await using client = await startClientOf(scene, 'TypeScript server');
  for (let suspend = 0; suspend < suspends; ++suspend) {
    const names = newNames(3);
    const way = randomWay(random);
    for (const [id, name] of names.entries()) {
      client.write([String(id), ...['hold', name, way].map(wordsOf)].join(' '));
    }
    for (const name of names) await caller.answer(caller.remote.untilHeld(survivor.clsid, name));
    testAddon.suspendProcess(client.pid);
    try {
      // The server answers though its client does not listen.
      for (const name of names) {
        await caller.answer(caller.remote.letGo(survivor.clsid, name), soon);
      }
      await control(scene, 'TypeScript server', soon);
    } finally {
      testAddon.resumeProcess(client.pid);
    }
    const value = wordsOf(way === 'signalled' ? 'signalled' : 'let go');
    const lines = [];
    while (lines.length < names.length) {
      const line = await client.nextLine();
      if (!line.endsWith(' begun')) lines.push(line);
    }
    for (const line of lines) assert.match(line, new RegExp(`^\\d value ${value}$`));
  }
  return { 'suspended clients': suspends };
};
