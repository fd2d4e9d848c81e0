import { threadToken } from 'async-com';

import { until } from './until.js';

/** Returns the state of a thread's token, as another thread sees it. */
export async function stateOf(threadId: number): Promise<string> {
  return (await threadToken(threadId, { detail: 'brief' })).state;
}

/** Resolves when the thread has no token. This may be shortly after the client has its answer. */
export function becomesBare(threadId: number): Promise<void> {
  return until(
    async () => (await stateOf(threadId)) === 'absent',
    `thread ${threadId} has no token`,
  );
}
