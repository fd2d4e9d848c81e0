import { native } from '../native/addon.js';
import { requireObject } from '../errors/arguments.js';
import { valueOf } from '../errors/outcome.js';
import type { ThreadToken, TokenDescription } from '../native/token-description.js';

/** How much a look at a token asks for. */
export interface TokenOptions {
  /**
   * `'brief'`: type, level, identifiers and the user's SID, without any look-up of account names,
   * which may need the network. Default `'full'`.
   */
  readonly detail?: 'brief' | 'full';
}

/**
 * The impersonation token of a thread: of the JavaScript thread, or of any thread of this or another
 * process by its id. Without a token on the thread, `state` is `'absent'`; a failure to look is
 * `state` `'unknown'` with the error. Never a rejection for what the host says.
 *
 * @param threadId - A Windows thread id. Default: the JavaScript thread, seen from itself.
 * @throws TypeError - `threadId` is not a thread id, or `options.detail` is not one of its values.
 * @throws ComError - the thread has a token that cannot be described.
 * @see https://learn.microsoft.com/en-us/windows/win32/api/processthreadsapi/nf-processthreadsapi-openthreadtoken
 * @example
 * (await threadToken()).state; // 'absent'
 */
export async function threadToken(
  threadId?: number,
  options: TokenOptions = {},
): Promise<ThreadToken> {
  if (threadId !== undefined) requireThreadId(threadId);
  return valueOf(await native.threadToken(threadId, isFull(options)));
}

/**
 * The primary token of this process: who it runs as.
 *
 * @throws ComError - Windows does not let the process open its token, or describe it.
 * @see https://learn.microsoft.com/en-us/windows/win32/api/processthreadsapi/nf-processthreadsapi-openprocesstoken
 */
export async function processToken(): Promise<TokenDescription> {
  return valueOf(await native.processToken());
}

/** @throws TypeError - `options.detail` is not one of its values. */
export function isFull(options: TokenOptions): boolean {
  requireObject(options);
  const { detail = 'full' }: { detail?: string } = options;
  if (detail !== 'full' && detail !== 'brief') {
    throw new TypeError("options.detail must be 'brief' or 'full'");
  }
  return detail === 'full';
}

/** @throws TypeError */
export function requireThreadId(threadId: unknown): void {
  if (
    !Number.isInteger(threadId) ||
    (threadId as number) < 1 ||
    (threadId as number) > 0xffffffff
  ) {
    throw new TypeError('threadId must be a Windows thread id: a whole number above 0');
  }
}
