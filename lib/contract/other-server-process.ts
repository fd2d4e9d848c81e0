// A server of a verification that has security of its own for its process: COM allows one for each.
import { isFailure } from '../com-error.js';
import { initializeSecurity, type SecurityOptions } from '../security.js';
import { createServer } from '../server.js';
import { threadToken } from '../token-functions.js';
import { answer, parentChannel } from './ipc.js';
import type { Attempt } from './judgement.js';

const [clsid = '', security = '{}'] = process.argv.slice(2);
const channel = parentChannel();
channel.on('disconnect', () => process.exit());

let handlers = 0;

await initializeSecurity(JSON.parse(security) as SecurityOptions);
const server = createServer({
  clsid,
  methods: {
    async attempt(call) {
      ++handlers;
      const blanket = await call.attempt('QueryBlanket');
      const { code, hresult } = await call.attempt('ImpersonateClient');
      const seen: Attempt = {
        authnLevel: blanket.value?.authnLevel ?? 'none',
        impersonate: code,
        failed: isFailure(hresult),
        onThread: (await call.threadToken({ detail: 'brief' })).state,
        fromOtherThread: (await threadToken(await call.threadId(), { detail: 'brief' })).state,
      };
      return JSON.stringify(seen);
    },
  },
});
await server.listen();

answer(channel, { handlersRun: () => handlers });
channel.send('ready');
