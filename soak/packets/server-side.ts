// Hostile packets to servers.
import { connect, threadToken } from 'async-com';

import { newClsid } from '#lib/value/identifiers.js';
import { testAddon } from '#test/support/test-addon.js';
import { within } from '#test/support/within.js';

import type { PacketServerFunctions, ServerState } from '../processes/packet-server.js';
import { GaveWay, proxyStub, type Running, startNode, startProgram } from './programs.js';
import { type Attack, type Packets, requireThatNoneIsOurs, type Seen, type Side } from './side.js';

type Program = Awaited<ReturnType<typeof startProgram>>;

/** From so many threads a hostile client sends. */
const threads = 4;

export function serverSide(env: NodeJS.ProcessEnv = {}): Side {
  return {
    name: 'server',
    async startOurs() {
      const clsid = newClsid();
      const server = await startNode<PacketServerFunctions>('packet-server', env, clsid);
      const client = await startProgram('soak_hostile_client', clsid, proxyStub);
      await control(clsid);
      const { comObjects } = await server.ask((it) => it.state());
      const attack: Attack = {
        ...common(server, client),
        async attack(packets) {
          const seen = await send(server, client, packets);
          await control(clsid);
          await requireThatAllIsGone(server, comObjects);
          return seen;
        },
      };
      return attack;
    },
    async startPlain() {
      const clsid = newClsid();
      const server = await startProgram('interop_server', clsid, proxyStub, 'soak');
      const client = await startProgram('soak_hostile_client', clsid, proxyStub);
      return {
        ...common(server, client),
        async attack(packets) {
          const seen = await send(server, client, packets);
          await control(clsid);
          return seen;
        },
      };
    },
  };
}

function common(
  server: Running<unknown>,
  client: Program,
): Pick<Attack, 'pid' | 'procedures' | 'show' | 'end' | 'kill'> {
  return {
    pid: server.pid,
    async procedures({ seed, first, count }) {
      const found = await client.ask((tell) => tell(['procedures', seed, first, count].join(' ')));
      return found.split(' ').slice(1).map(Number);
    },
    show: (seed, index) => client.ask((tell) => tell(`show ${String(seed)} ${String(index)}`)),
    async end() {
      await client.end();
      await server.end();
    },
    async kill() {
      await Promise.all([client.kill(), server.kill()]);
    },
  };
}

async function send(
  server: Running<unknown>,
  client: Program,
  { seed, first, count }: Packets,
): Promise<Seen> {
  const line = ['send', seed, first, count, threads].join(' ');
  // The client answers when all packets are answered. If the server ends, it learns that at once,
  // and so does this function.
  const answer = await client.ask((tell) => server.ask(() => tell(line)));
  const [word, reached = '', refused = '', faults = '', codes = ''] = answer.split(' ');
  if (word === 'lost') throw new GaveWay('the object answers no valid packet any more');
  if (word !== 'sent') throw new Error(`the hostile client wrote: ${answer}`);
  if (codes.includes('800706BA=')) throw new GaveWay('the server cannot be reached');
  const counts: Record<string, number> = {
    answered: Number(reached) - Number(refused),
    'refused by the object': Number(refused),
    'refused by the host': Number(faults),
  };
  return { reached: Number(reached), counts };
}

/** Calls the server as any other client does. @throws GaveWay - It does not answer. */
async function control(clsid: string): Promise<void> {
  let answer: unknown;
  try {
    using connection = await within(20_000, connect(clsid), 'a connection');
    answer = await connection.call({ method: 'echoOne', timeout: 20_000 }, 'control');
  } catch (error) {
    throw new GaveWay(`a control call failed: ${String(error)}`);
  }
  if (answer !== 'control') throw new Error('a control call was answered with another value');
}

/** @throws Error - A call, a COM object or a token is left, other than before the packets. */
async function requireThatAllIsGone(
  server: Running<{ state(): Promise<ServerState> }>,
  comObjects: number,
): Promise<void> {
  const overAt = performance.now() + 5_000;
  for (;;) {
    const state = await server.ask((it) => it.state());
    requireThatNoneIsOurs(state.exceptions);
    const tokens = await tokensOn(server.pid);
    const wrong = [
      ...(state.running === 0 ? [] : [`${String(state.running)} handlers are still running`]),
      ...(state.comObjects <= comObjects
        ? []
        : [`${String(state.comObjects - comObjects)} COM objects are left`]),
      ...(tokens === 0 ? [] : [`${String(tokens)} threads have a token`]),
    ];
    if (wrong.length === 0) return;
    if (performance.now() > overAt) throw new Error(`after the packets, ${wrong.join(', ')}`);
  }
}

async function tokensOn(pid: number): Promise<number> {
  const states = await Promise.all(
    testAddon.threadIdsOf(pid).map(async (id) => {
      try {
        return (await threadToken(id, { detail: 'brief' })).state;
      } catch {
        return 'absent'; // the thread has just ended
      }
    }),
  );
  return states.filter((state) => state === 'present' || state === 'anonymous').length;
}
