// The benchmark's TypeScript server.
import { createServer, type Value } from 'async-com';

import { Spending } from './spending.js';

const [clsid = ''] = process.argv.slice(2);

const server = createServer({
  clsid,
  methods: { echoOne: (_call, value: Value) => value },
});
await server.listen();

const spending = new Spending();
process.on('message', () => {
  process.send?.(spending.next());
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
