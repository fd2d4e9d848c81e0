// A server in a process of its own, which doctor connects to.
import { createServer } from '../server/server.js';

const [clsid = ''] = process.argv.slice(2);
process.on('disconnect', () => process.exit());

await createServer({ clsid, methods: {} }).listen();
process.send?.('ready');
