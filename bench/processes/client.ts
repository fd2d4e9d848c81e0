// The benchmark's TypeScript client.
import { connect } from 'async-com';

import type { ClientMeasured, Load } from '../load.js';
import { Spending } from './spending.js';

const [clsid = ''] = process.argv.slice(2);

const connection = await connect(clsid);
const spending = new Spending();

process.on('message', (load: Load) => {
  void measure(load).then((measured) => process.send?.(measured));
});
process.on('disconnect', () => process.exit());
process.send?.('ready');

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
