// A server with other COM security. It needs its own process: COM allows one setting for a process.
import { isFailure } from '../../errors/com-error.js';
import { initializeSecurity, type SecurityOptions } from '../../security/process-security.js';
import { threadToken } from '../../security/thread-token.js';
import { createServer } from '../../server/server.js';
import type { Attempt } from '../scene/judgement.js';
import { connectToParent, endWithParent, type Parent } from '../../ipc/channel.js';
import type { OtherServerFunctions } from './functions.js';

const [clsid = '', security = '{}'] = process.argv.slice(2);
endWithParent();

let handlers = 0;

await initializeSecurity(JSON.parse(security) as SecurityOptions);
const server = createServer({
  clsid,
  methods: {
    async attempt(call) {
      ++handlers;
      const blanket = await call.attempt('QueryBlanket');
      const { code, hresult } = await call.attempt('ImpersonateClient');
      const thread = await call.threadToken({ detail: 'brief' });
      const seen: Attempt = {
        authnLevel: blanket.value?.authnLevel ?? 'none',
        impersonate: code,
        failed: isFailure(hresult),
        onThread: thread.state,
        level: thread.token?.level ?? null,
        fromOtherThread: (await threadToken(await call.threadId(), { detail: 'brief' })).state,
      };
      return JSON.stringify(seen);
    },
  },
});
await server.listen();

const functions: OtherServerFunctions = { handlersRun: () => handlers };
await connectToParent<Parent>(functions).ready.asEvent(undefined);
