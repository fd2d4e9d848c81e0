// The client of a verification: calls when it is told to, and is the witness in another process.
import { Connection } from '../connection.js';
import { native } from '../native.js';
import { valueOf } from '../outcome.js';
import { threadToken } from '../token-functions.js';
import { answer, parentChannel } from './ipc.js';

const [clsid = ''] = process.argv.slice(2);
const channel = parentChannel();
channel.on('disconnect', () => process.exit());

const object = valueOf(await native.connect(clsid));
const connection = new Connection(object);

answer(channel, {
  hasCallFactory: () => object.hasCallFactory,
  call: (ticket: number) => connection.call('scene', ticket),
  look: (threadId: number) => threadToken(threadId, { detail: 'brief' }),
});
channel.send('ready');
