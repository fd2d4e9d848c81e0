// The TypeScript client of the benchmark.
import { connect } from 'async-com';

import { connectToParent, endWithParent, type Parent } from '#lib/ipc/channel.js';

import type { ClientMeasured, Load } from '../load.js';
import { Spending } from './spending.js';

const [clsid = ''] = process.argv.slice(2);

const connection = await connect(clsid);
const spending = new Spending();

endWithParent();

/** The functions that the measuring program can call in this process. */
export interface ClientFunctions {
  run(load: Load): Promise<ClientMeasured>;
}

const functions: ClientFunctions = { run: measure };
await connectToParent<Parent>(functions).ready.asEvent(undefined);

async function measure({ inFlight, bytes, calls }: Load): Promise<ClientMeasured> {
  const payload = Buffer.alloc(bytes, 7);
  let left = calls;
  const callInTurn = async () => {
    while (left-- > 0) {
      const answer = await connection.call('echoOne', payload);
      if (!(answer instanceof Uint8Array) || answer.length !== bytes) {
        throw new Error('another answer than what was sent');
      }
    }
  };
  spending.next();
  const start = performance.now();
  await Promise.all(Array.from({ length: inFlight }, callInTurn));
  const milliseconds = performance.now() - start;
  return { milliseconds, client: spending.next() };
}
