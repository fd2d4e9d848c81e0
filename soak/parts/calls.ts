// Calls of all kinds, from TypeScript and C++ clients, to a TypeScript server. A C++ server gets the
// kinds that it has, for comparison.
import { newClsid } from '#lib/value/identifiers.js';

import { refusals } from '../calls/kinds.js';
import { becomesIdle, GrowthMeter } from '../health.js';
import { growsFaster } from '../judgement.js';
import { addCounts, type Counts, type Part, type Result, type RunningPart } from '../part.js';
import {
  Processes,
  startClient,
  startLoadClient,
  startPlainServer,
  startServer,
} from '../processes.js';

/** How much of a batch each of these makes. */
const shares = { first: 0.6, second: 0.2, native: 0.1, plain: 0.1 };

/** How long a batch may take, in milliseconds. */
const batchDeadline = 300_000;

async function start(): Promise<RunningPart> {
  const processes = new Processes();
  const [clsid, plainClsid] = [newClsid(), newClsid()];
  const server = await processes.add(startServer(clsid));
  const { comObjects } = await server.answer(server.remote.state());
  const plainServer = await processes.add(startPlainServer(plainClsid));
  const first = await processes.add(startClient());
  const second = await processes.add(startClient());
  const load = await processes.add(startLoadClient(clsid));
  /** The server object that the native client uses. */
  const used = (await server.answer(server.remote.state())).comObjects - comObjects;

  async function makeCalls(seed: number, units: number): Promise<Counts> {
    const count = (share: number) => Math.max(1, Math.round(units * share));
    load.write(`8 16 ${String(count(shares.native))}`);
    const all = await Promise.all([
      first.answer(
        first.remote.makeCalls(clsid, 'TypeScript', seed, count(shares.first), 16),
        batchDeadline,
      ),
      second.answer(
        second.remote.makeCalls(clsid, 'TypeScript', ~seed, count(shares.second), 64),
        batchDeadline,
      ),
      second.answer(
        second.remote.makeCalls(plainClsid, 'C++', seed, count(shares.plain), 8),
        batchDeadline,
      ),
      load.nextLine(batchDeadline).then(() => ({ 'by a C++ client': count(shares.native) })),
    ]);
    for (const client of [first, second]) {
      await client.answer(client.remote.close(clsid));
      await client.answer(client.remote.close(plainClsid));
    }
    await becomesIdle(server, comObjects + used);
    return all.reduce<Counts>(addCounts, {});
  }

  // What a process holds from its first calls on is not growth.
  await makeCalls(0, 2000);

  return {
    async runBatch(seed, units): Promise<Result> {
      const meters = {
        'TypeScript server': new GrowthMeter(server.pid),
        'TypeScript client': new GrowthMeter(first.pid),
        'C++ server': new GrowthMeter(plainServer.pid),
      };
      const counts = await makeCalls(seed, units);
      const made = Object.entries(counts)
        .filter(([what]) => what !== refusals)
        .reduce((sum, [, count]) => sum + count, 0);
      const plain = units * shares.plain;
      return {
        units: made,
        counts,
        growth: {
          'TypeScript server': meters['TypeScript server'].since(made - plain),
          'TypeScript client': meters['TypeScript client'].since(units * shares.first),
          'C++ server': meters['C++ server'].since(plain),
        },
      };
    },
    [Symbol.asyncDispose]: () => processes[Symbol.asyncDispose](),
  };
}

export const calls: Part = {
  name: 'calls',
  units: 'calls',
  growthUnits: 'calls',
  total: 1_000_000,
  batch: 10_000,
  start,
  judge: (all) => growsFaster(all, 'TypeScript server', 'C++ server', tolerance),
};

/** A handle, a thread or 100 KB for 1000 calls. */
const tolerance = { handles: 0.001, threads: 0.001, bytes: 100 };
