import { threadToken } from 'async-com';

import { until } from './until.js';

/** What another thread sees of a thread's token. */
export async function stateOf(threadId: number): Promise<string> {
  return (await threadToken(threadId, { detail: 'brief' })).state;
}

/** Resolves when the thread has no token: soon after a call whose client has its answer. */
export function becomesBare(threadId: number): Promise<void> {
  return until(
    async () => (await stateOf(threadId)) === 'absent',
    `thread ${threadId} has no token`,
  );
}
