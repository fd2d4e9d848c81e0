// The TypeScript client that gets hostile answers.
import { ComError, connect, type Value } from 'async-com';

import { connectToParent, endWithParent, type Parent } from '#lib/ipc/channel.js';
import { native } from '#lib/native/addon.js';
import type { TestAddon } from '#test/support/test-addon.js';

const [clsid = ''] = process.argv.slice(2);

// This process runs with the test addon.
const testAddon = native as unknown as TestAddon;
testAddon.watchExceptions();

const connection = await connect(clsid);
endWithParent();

/** How calls ended. */
export interface Ended {
  /** With a value. */
  readonly resolved: number;
  /** With an error of a handler, or a value that JavaScript does not have. */
  readonly refused: number;
  /** Without an answer that COM could read, by the error's code. */
  readonly failed: Readonly<Record<string, number>>;
}

/** The functions that the soak can call in this process. */
export interface PacketClientFunctions {
  /** Makes calls, several at a time. Rejects if one ends in another way than the documented. */
  run(count: number, inFlight: number): Promise<Ended>;
  /** Calls the server, which now answers as it should. */
  control(): Promise<Value>;
  comObjects(): number;
  /** Access violations since the start, by place. */
  exceptions(): Readonly<Record<string, number>>;
}

async function callOnce(turn: number): Promise<void> {
  if (turn % 8 === 0) {
    using call = await connection.createCall();
    await call.begin('echoOne', turn);
    await call.wait();
    await call.finish();
  } else {
    await connection.call('echoOne', turn);
  }
}

const functions: PacketClientFunctions = {
  async run(count, inFlight) {
    let left = count;
    let resolved = 0;
    let refused = 0;
    const failed: Record<string, number> = {};
    const callInTurn = async () => {
      for (let turn = left--; turn > 0; turn = left--) {
        try {
          await callOnce(turn);
          ++resolved;
        } catch (error) {
          if (error instanceof ComError && error.origin === 'call') {
            failed[error.code] = (failed[error.code] ?? 0) + 1;
          } else if (error instanceof ComError || error instanceof TypeError) {
            ++refused;
          } else {
            throw error;
          }
        }
      }
    };
    await Promise.all(Array.from({ length: inFlight }, callInTurn));
    return { resolved, refused, failed };
  },
  control: async () => await connection.call('echoOne', 'control'),
  comObjects() {
    globalThis.gc?.();
    return native.comObjects();
  },
  exceptions: () => testAddon.exceptionsSeen(),
};
await connectToParent<Parent>(functions).ready.asEvent(undefined);
