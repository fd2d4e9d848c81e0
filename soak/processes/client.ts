// A client of the soak. It runs in a process, and again in a worker thread of that process.
import { connect, type Connection } from 'async-com';

import { connectToParent, endWithParent, type Parent } from '#lib/ipc/channel.js';
import { native } from '#lib/native/addon.js';
import { randomNumbers } from '#test/support/random.js';
import { testAddon } from '#test/support/test-addon.js';

import { cancelAt, type CancelStep } from '../calls/cancels.js';
import { kindsOf, refusals, type KindOfServer } from '../calls/kinds.js';
import { addCounts, type Counts } from '../part.js';
import { turns } from '../turns.js';

const connections = new Map<string, Connection>();

/** Calls that other programs' ends may leave without an answer. */
const holding: Promise<string>[] = [];

async function connectionTo(clsid: string): Promise<Connection> {
  const known = connections.get(clsid);
  if (known !== undefined) return known;
  const connection = await connect(clsid);
  connections.set(clsid, connection);
  return connection;
}

/** A server has as many calls, or threads, as it accepts. The caller tries again later. */
function isRefusal(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === 'RPC_E_SERVERCALL_RETRYLATER' || code === 'ERROR_MAX_THRDS_REACHED';
}

const functions = {
  /** Makes calls of all kinds that the server has, with so many in flight. Returns them by kind. */
  async makeCalls(
    clsid: string,
    server: KindOfServer,
    seed: number,
    count: number,
    inFlight: number,
  ): Promise<Counts> {
    const connection = await connectionTo(clsid);
    const random = randomNumbers(seed);
    const kinds = kindsOf(server);
    const counts: Record<string, number> = {};
    let left = count;
    let refused = 0;
    const callInTurn = async () => {
      while (left-- > 0) {
        const kind = kinds[Math.floor(random() * kinds.length)];
        if (kind === undefined) continue;
        const [name, make] = kind;
        try {
          await make({ connection, clsid, random });
        } catch (error) {
          if (isRefusal(error)) {
            refused++;
            ++left;
            await turns(1);
            continue;
          }
          throw new Error(`${name}: ${(error as Error).message}`, { cause: error });
        }
        counts[name] = (counts[name] ?? 0) + 1;
      }
    };
    await Promise.all(Array.from({ length: inFlight }, callInTurn));
    return refused === 0 ? counts : { ...counts, [refusals]: refused };
  },

  /** Cancels so many calls at a step of their life. */
  async cancelCalls(clsid: string, step: CancelStep, seed: number, count: number) {
    const connection = await connectionTo(clsid);
    const random = randomNumbers(seed);
    await Promise.all(
      Array.from({ length: count }, (_, place) =>
        cancelAt(step, { connection, random, name: `${step} ${String(seed)}/${String(place)}` }),
      ),
    );
  },

  /** Begins calls that the server holds. `untilHeld` waits for the handlers. */
  async hold(clsid: string, names: readonly string[], way: string, untilHeld: boolean) {
    const connection = await connectionTo(clsid);
    for (const name of names) {
      holding.push(
        connection.call('hold', name, way).then(
          (value) => `value ${value as string}`,
          (error: unknown) => (error as { code?: string }).code ?? String(error),
        ),
      );
    }
    if (untilHeld) {
      await Promise.all(names.map((name) => connection.call('untilHeld', name)));
    } else {
      await turns(2);
    }
  },

  /** Returns how the calls of `hold` have ended. */
  async howHeldCallsEnded(): Promise<Counts> {
    const ends = await Promise.all(holding.splice(0));
    return ends.map((end) => ({ [end]: 1 })).reduce(addCounts, {});
  },

  /** Waits until the handler with that name holds its call. */
  async untilHeld(clsid: string, name: string) {
    await (await connectionTo(clsid)).call('untilHeld', name);
  },

  /** Lets the handler with that name return. */
  async letGo(clsid: string, name: string) {
    await (await connectionTo(clsid)).call('letGo', name);
  },

  /** Makes one call that must end by its time limit. Returns the code of its error. */
  async callWithTimeout(clsid: string, timeout: number): Promise<string> {
    const connection = await connectionTo(clsid);
    try {
      await connection.call({ method: 'echoOne', timeout }, 1);
      return 'S_OK';
    } catch (error) {
      return (error as { code?: string }).code ?? String(error);
    }
  },

  /** Connects, calls once, and closes. Returns what the call returned. */
  async control(clsid: string) {
    using connection = await connect(clsid);
    return await connection.call('echoOne', 'control');
  },

  /** Closes a connection. Calls in progress go on. */
  close(clsid: string) {
    connections.get(clsid)?.close();
    connections.delete(clsid);
  },

  /** For the control of what the soak measures. */
  leakHandles(count: number) {
    testAddon.leakHandles(count);
  },

  comObjects: () => native.comObjects(),
};

/** The functions that the soak can call in a client. */
export type ClientFunctions = typeof functions;

endWithParent();
await connectToParent<Parent>(functions).ready.asEvent(undefined);
