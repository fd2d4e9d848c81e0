// The TypeScript server that gets hostile packets.
import { ComError, createServer, type Value } from 'async-com';

import { connectToParent, endWithParent, type Parent } from '#lib/ipc/channel.js';
import { native } from '#lib/native/addon.js';
import type { TestAddon } from '#test/support/test-addon.js';

const [clsid = ''] = process.argv.slice(2);

// This process runs with the test addon.
const testAddon = native as unknown as TestAddon;
testAddon.watchExceptions();

let running = 0;
let handled = 0;

/** Counts the calls that reach a handler, and those whose handler has not finished. */
function counted<Args extends unknown[]>(
  handler: (...args: Args) => Value | void | Promise<Value | void>,
): (...args: Args) => Promise<Value | void> {
  return async (...args) => {
    ++handled;
    ++running;
    try {
      return await handler(...args);
    } finally {
      --running;
    }
  };
}

const server = createServer({
  clsid,
  methods: {
    echo: counted((_call, ...args: Value[]) => args),
    echoOne: counted((_call, value: Value) => value),
    add: counted((_call, a: number, b: number) => a + b),
    fail: counted((_call, hresult: number, text: string) => {
      throw new ComError(text, { hresult });
    }),
    // The token stays on the thread until Begin_ returns.
    impersonate: counted(async (call, value: Value) => {
      await call.impersonateClient();
      return value;
    }),
    signal: counted(async (call, value: Value) => {
      await call.impersonateClient();
      await call.signal(value);
      await call.isImpersonating();
    }),
  },
});
server.on('handlerError', () => undefined);
await server.listen();
endWithParent();

/** What the server has at one moment. */
export interface ServerState {
  readonly comObjects: number;
  /** Calls whose handler has not finished. */
  readonly running: number;
  /** How many calls have reached a handler since the start. */
  readonly handled: number;
  /** Access violations since the start, by place. */
  readonly exceptions: Readonly<Record<string, number>>;
}

/** The functions that the soak can call in this process. */
export interface PacketServerFunctions {
  state(): ServerState;
}

const functions: PacketServerFunctions = {
  state() {
    globalThis.gc?.();
    return {
      comObjects: native.comObjects(),
      running,
      handled,
      exceptions: testAddon.exceptionsSeen(),
    };
  },
};
await connectToParent<Parent>(functions).ready.asEvent(undefined);
