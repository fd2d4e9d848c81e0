import { threadToken } from 'async-com';

/** What another thread sees of a thread's token. */
export async function stateOf(threadId: number): Promise<string> {
  return (await threadToken(threadId, { detail: 'brief' })).state;
}
