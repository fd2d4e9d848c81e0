// Hostile RPC packets: mutations of recorded valid ones, to a server and to a client of async-com.
// Plain C++ processes beside them show where the host itself gives way.
import { addCounts, type Growth, type Part, type Result, type RunningPart } from '../part.js';
import { clientSide } from '../packets/client-side.js';
import { serverSide } from '../packets/server-side.js';
import { RunningSide, type Batch } from '../packets/side.js';

/** Every so many batches the plain processes get the packets as well. */
const besideEvery = 4;

/** @param env - What the environments of async-com's processes have besides, for controls. */
export async function startPackets(env: NodeJS.ProcessEnv = {}): Promise<RunningPart> {
  const server = new RunningSide(serverSide(env));
  const client = new RunningSide(clientSide(env));
  await server.start();
  await client.start();
  let batches = 0;
  return {
    async runBatch(seed, units) {
      const beside = batches++ % besideEvery === 0;
      const toServer = { seed, first: 0, count: Math.ceil(units / 2) };
      const toClient = { seed, first: 0, count: Math.floor(units / 2) };
      const ofServer = await server.run(toServer, beside);
      const ofClient = await client.run(toClient, beside);
      return {
        units,
        counts: addCounts(addCounts(ofServer.counts, ofClient.counts), {
          reached: ofServer.reached + ofClient.reached,
        }),
        growth: {
          ...growthOf('server', ofServer),
          ...growthOf('client', ofClient),
        },
      };
    },
    async [Symbol.asyncDispose]() {
      await server.end();
      await client.end();
    },
  };
}

function growthOf(name: string, { growth }: Batch): Record<string, Growth> {
  if (growth === undefined) return {};
  return { [`TypeScript ${name}`]: growth.ours, [`C++ ${name}`]: growth.plain };
}

export const packets: Part = {
  name: 'packets',
  units: 'hostile packets',
  growthUnits: 'packets',
  total: 1_000_000,
  batch: 4_000,
  start: () => startPackets(),
  judge,
};

function judge({ units, counts, growth }: Result): readonly string[] {
  const wrong: string[] = [];
  const reached = counts['reached'] ?? 0;
  if (reached * 2 < units) {
    wrong.push(`only ${String(reached)} of ${String(units)} packets reached async-com`);
  }
  for (const name of ['server', 'client']) {
    const alone = counts[`${name} gave way, and did not again`] ?? 0;
    // The plain processes get fewer packets. They are asked again only after async-com's gave way.
    const allowed = 3 + besideEvery * (counts[`plain ${name} gave way`] ?? 0);
    if (alone > allowed) {
      wrong.push(`the ${name} gave way ${String(alone)} times, and no plain one to these packets`);
    }
    const [kept, keptByPlain] = [
      counts[`${name}: bytes kept`],
      counts[`plain ${name}: bytes kept`],
    ];
    if ((kept ?? 0) > 2 * (keptByPlain ?? 0) + 3) {
      wrong.push(`the ${name} kept much memory in ${String(kept)} batches, the plain one in fewer`);
    }
    const ours = growth[`TypeScript ${name}`];
    const plain = growth[`C++ ${name}`];
    if (ours !== undefined && plain !== undefined) {
      wrong.push(...tooMuch(`the ${name}'s process`, ours, plain));
    }
  }
  return wrong;
}

// What one leak would add, and noise would not. Handles and threads: a leak in one of a thousand
// packets is far above this. Bytes: V8's heap is at its size after the first megabytes; a leak of
// 100 bytes in each packet adds 12 MB in the 125,000 packets of a side that are measured.
const noise = { handles: 100, threads: 16, bytes: 12 * 2 ** 20 };

function tooMuch(name: string, ours: Growth, plain: Growth): string[] {
  return (['handles', 'threads', 'bytes'] as const).flatMap((what) => {
    const expected = (Math.max(plain[what], 0) / Math.max(plain.units, 1)) * ours.units;
    return ours[what] <= expected + noise[what]
      ? []
      : [`${name} has ${String(ours[what])} more ${what}, a plain C++ one ${String(plain[what])}`];
  });
}
