import { native } from '../native/addon.js';
import { requireObject } from '../errors/arguments.js';
import { valueOf } from '../errors/outcome.js';
import type { ThreadToken, TokenDescription } from '../native/token-description.js';

/** How much of a token is described. */
export interface TokenOptions {
  /**
   * `'brief'` describes the type, the level, the identifiers and the user's SID. Windows then need
   * not look up account names, for which it may need the network. `'full'` describes everything.
   * Default `'full'`.
   */
  readonly detail?: 'brief' | 'full';
}

/**
 * Looks at the impersonation token of a thread: of the JavaScript thread, or of any thread of this
 * or another process. If the thread has no token, `state` is `'absent'`. If the thread or its token
 * cannot be opened, `state` is `'unknown'` and `error` says why: the promise does not reject then.
 *
 * @param threadId - A Windows thread id. Default: the JavaScript thread, which looks at itself.
 * @param options - How much of the token is described.
 * @returns What was found on the thread.
 * @throws TypeError - When `threadId` is not a thread id, or `options.detail` is not one of its
 *   values.
 * @throws ComError - When the thread has a token that cannot be described.
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
 * Describes the primary token of this process. It says which account the process runs as.
 *
 * @returns The description of the token, in full.
 * @throws ComError - When Windows does not let the process open its token or read it.
 * @see https://learn.microsoft.com/en-us/windows/win32/api/processthreadsapi/nf-processthreadsapi-openprocesstoken
 * @example
 * const { user, privileges } = await processToken();
 */
export async function processToken(): Promise<TokenDescription> {
  return valueOf(await native.processToken());
}

/**
 * Returns whether a token is to be described in full.
 *
 * @throws TypeError - When `options.detail` is not one of its values.
 */
export function isFull(options: TokenOptions): boolean {
  requireObject(options);
  const { detail = 'full' }: { detail?: string } = options;
  if (detail !== 'full' && detail !== 'brief') {
    throw new TypeError("options.detail must be 'brief' or 'full'");
  }
  return detail === 'full';
}

/**
 * Checks that an argument is a thread id.
 *
 * @throws TypeError - When `threadId` is not a whole number from 1 to 4294967295.
 */
export function requireThreadId(threadId: unknown): void {
  if (
    !Number.isInteger(threadId) ||
    (threadId as number) < 1 ||
    (threadId as number) > 0xffffffff
  ) {
    throw new TypeError(
      'threadId must be a Windows thread id, a whole number from 1 to 4294967295',
    );
  }
}
