// The server in a process of its own that `async-com doctor` connects to.
import { connectToParent, endWithParent, type Parent } from '../ipc/channel.js';
import { createServer } from '../server/server.js';

const [clsid = ''] = process.argv.slice(2);
endWithParent();

await createServer({ clsid, methods: {} }).listen();
await connectToParent<Parent>({}).ready.asEvent(undefined);
