// Hostile answers to clients.
import { newClsid } from '#lib/value/identifiers.js';

import type { PacketClientFunctions } from '../processes/packet-client.js';
import { GaveWay, proxyStub, type Running, startNode, startProgram } from './programs.js';
import { type Attack, type Packets, requireThatNoneIsOurs, type Seen, type Side } from './side.js';

type Program = Awaited<ReturnType<typeof startProgram>>;

/** How many calls a client makes at the same time. */
const inFlight = 8;

export function clientSide(env: NodeJS.ProcessEnv = {}): Side {
  return {
    name: 'client',
    async startOurs() {
      const clsid = newClsid();
      const server = await startProgram('soak_hostile_server', clsid, proxyStub);
      const client = await startNode<PacketClientFunctions>('packet-client', env, clsid);
      const control = async () => {
        const answer = await client.ask((it) => it.control(), 20_000);
        if (answer !== 'control') throw new Error('a control call returned another value');
      };
      await control();
      const comObjects = await client.ask((it) => it.comObjects());
      return {
        ...common(client, server),
        async attack(packets): Promise<Seen> {
          await prepare(server, packets);
          const { resolved, refused, failed } = await client.ask((it) =>
            it.run(packets.count, inFlight),
          );
          await requireThatAllCame(server);
          await control();
          await requireThatAllIsGone(client, comObjects);
          requireThatNoneIsOurs(await client.ask((it) => it.exceptions()));
          const unread = Object.values(failed).reduce((sum, count) => sum + count, 0);
          return {
            reached: resolved + refused,
            counts: { resolved, 'refused by the client': refused, 'refused by the host': unread },
          };
        },
      };
    },
    async startPlain() {
      const clsid = newClsid();
      const server = await startProgram('soak_hostile_server', clsid, proxyStub);
      const client = await startProgram('soak_plain_client', clsid, proxyStub);
      return {
        ...common(client, server),
        async attack(packets): Promise<Seen> {
          await prepare(server, packets);
          const [, resolved = ''] = (
            await client.ask((tell) => tell(`${String(packets.count)} ${String(inFlight)}`))
          ).split(' ');
          await requireThatAllCame(server);
          const control = await client.ask((tell) => tell('1 1'), 20_000);
          if (control !== 'called 1 0') throw new GaveWay(`a control call: ${control}`);
          return { reached: Number(resolved), counts: {} };
        },
      };
    },
  };
}

function common(
  client: Running<unknown>,
  server: Program,
): Pick<Attack, 'pid' | 'procedures' | 'show' | 'end' | 'kill'> {
  return {
    pid: client.pid,
    procedures: () => Promise.resolve([]),
    show: (seed, index) => server.ask((tell) => tell(`show ${String(seed)} ${String(index)}`)),
    async end() {
      await client.end();
      await server.end();
    },
    async kill() {
      await Promise.all([client.kill(), server.kill()]);
    },
  };
}

async function prepare(server: Program, { seed, first, count }: Packets): Promise<void> {
  await server.ask((tell) => tell(['answer', seed, first, count].join(' ')));
}

async function requireThatAllCame(server: Program): Promise<void> {
  const left = await server.ask((tell) => tell('left'));
  if (left !== '0') throw new Error(`${left} calls did not reach the hostile server`);
}

/** @throws Error - A COM object is left, other than before the packets. */
async function requireThatAllIsGone(
  client: Running<{ comObjects(): Promise<number> }>,
  comObjects: number,
): Promise<void> {
  const overAt = performance.now() + 5_000;
  for (;;) {
    const left = (await client.ask((it) => it.comObjects())) - comObjects;
    if (left <= 0) return;
    if (performance.now() > overAt) {
      throw new Error(`after the packets, ${String(left)} COM objects are left in the client`);
    }
  }
}
