// The TypeScript server of the benchmark.
import { createServer, type Value } from 'async-com';

import { connectToParent, endWithParent, type Parent } from '#lib/ipc/channel.js';

import type { Spent } from '../load.js';
import { Spending } from './spending.js';

const [clsid = ''] = process.argv.slice(2);

const server = createServer({
  clsid,
  methods: { echoOne: (_call, value: Value) => value },
});
await server.listen();

const spending = new Spending();
endWithParent();

/** The functions that the measuring program can call in this process. */
export interface ServerFunctions {
  spent(): Spent;
}

const functions: ServerFunctions = { spent: () => spending.next() };
await connectToParent<Parent>(functions).ready.asEvent(undefined);
