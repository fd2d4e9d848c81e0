// The server of the soak: methods of every kind, and what its test asks about it.
import { type ComError, createServer, type ServerCall, type Value } from 'async-com';

import { connectToParent, endWithParent, type Parent } from '#lib/ipc/channel.js';
import { native } from '#lib/native/addon.js';

import type { Way } from '../calls/ways.js';
import { collect } from '#test/support/garbage.js';

import { turns } from '../turns.js';

const [clsid = ''] = process.argv.slice(2);

const waysToHold: Readonly<Record<Way, (call: ServerCall) => unknown>> = {
  plain: () => undefined,
  lent: (call) => call.threadId(),
  impersonating: (call) => call.impersonateClient(),
  'begin returned': async (call) => {
    call.returnFromBegin();
    await call.beginReturned();
  },
  signalled: (call) => call.signal('signalled'),
};

interface Held {
  release(): void;
}

const held = new Map<string, Held>();
const heldListeners = new Map<string, () => void>();
let running = 0;
const told: Record<string, number> = {};

async function hold(call: ServerCall, name: string, way: Way): Promise<string> {
  ++running;
  try {
    // A client may cancel, or die, before or while its handler holds the call.
    await Promise.resolve(waysToHold[way](call)).catch(() => undefined);
    await new Promise<void>((resolve) => {
      held.set(name, { release: resolve });
      if (call.cancelled.aborted) resolve();
      else call.cancelled.addEventListener('abort', () => resolve());
      heldListeners.get(name)?.();
      heldListeners.delete(name);
    });
    if (!call.cancelled.aborted) return 'let go';
    const { code } = call.cancelled.reason as ComError;
    told[code] = (told[code] ?? 0) + 1;
    return 'cancelled';
  } finally {
    held.delete(name);
    --running;
  }
}

const server = createServer({
  clsid,
  maxCalls: 400,
  methods: {
    echo: (_call, ...args: Value[]) => args,
    echoOne: (_call, value: Value) => value,
    async later(_call, value: Value, after: number) {
      await turns(after);
      return value;
    },
    add: (_call, a: number, b: number) => a + b,
    fail(_call, hresult: number, text: string) {
      throw Object.assign(new Error(text), { hresult });
    },
    async whoAmI(call: ServerCall) {
      await call.impersonateClient();
      const { state } = await call.threadToken({ detail: 'brief' });
      await call.revertToSelf();
      return state;
    },
    /** Leaves the token on the thread. Begin_ removes it. */
    async keepToken(call: ServerCall) {
      await call.impersonateClient();
      return (await call.threadToken({ detail: 'brief' })).state;
    },
    async early(call: ServerCall, value: Value) {
      await call.impersonateClient();
      await call.signal(value);
      await turns(1);
      await call.threadToken({ detail: 'brief' });
      return 'too late';
    },
    async fromBegin(call: ServerCall, value: Value) {
      call.returnFromBegin();
      await turns(2);
      return value;
    },
    lent: async (call: ServerCall) => (await call.threadId()) > 0,
    async helper(call: ServerCall) {
      const thread = await call.openThread();
      await thread.impersonateClient();
      const { state } = await thread.threadToken({ detail: 'brief' });
      await thread.leave();
      return state;
    },
    hold,
    /** Returns when the handler with that name holds its call. */
    untilHeld: (_call, name: string) =>
      held.has(name)
        ? undefined
        : new Promise<void>((resolve) => {
            heldListeners.set(name, resolve);
          }),
    letGo(_call, name: string) {
      held.get(name)?.release();
    },
  },
});
await server.listen();

endWithParent();

/** The state of the server process. */
export interface ServerState {
  readonly callsInProgress: number;
  /** How many handlers hold a call. */
  readonly running: number;
  /** How many COM objects of async-com exist in the process. */
  readonly comObjects: number;
  /** By code, how many held calls were cancelled. */
  readonly told: Readonly<Record<string, number>>;
}

const functions = {
  state: (): ServerState => ({
    callsInProgress: server.callsInProgress,
    running,
    comObjects: native.comObjects(),
    told: { ...told },
  }),
  /** JavaScript's garbage may hold objects of calls that are over. */
  collectGarbage: collect,
  letAllGo() {
    for (const one of [...held.values()]) one.release();
  },
};

/** The functions that the soak can call in this process. */
export type ServerFunctions = typeof functions;

await connectToParent<Parent>(functions).ready.asEvent(undefined);
