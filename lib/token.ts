import type { NativeToken } from './native.js';
import { HelperThread } from './call-thread.js';
import { isLowered, levelError } from './impersonation-level.js';
import { valueOf } from './outcome.js';
import type { TokenDescription } from './token-description.js';
import { processToken } from './token-functions.js';

let nativeOfToken: (token: Token) => NativeToken;

/** The addon's side of a token. Not for users. @throws TypeError - it is none, with `message`. */
export function nativeOf(token: unknown, message: string): NativeToken {
  if (!(token instanceof Token)) throw new TypeError(message);
  return nativeOfToken(token);
}

/**
 * The error to throw for a token that a thread was not given: where that was for want of level, the
 * one that says so.
 */
export async function refusedLevel(
  operation: string,
  token: Token,
  error: unknown,
): Promise<unknown> {
  if (!isLowered(error)) return error;
  const { level, user } = await token.describe();
  const needed = level ?? 'impersonation';
  // Windows would have put it on at this level, which for what asks for more is worse than failing.
  const granted = 'identification';
  return levelError(
    { operation, needed, granted, user: user.sid, cause: error },
    await processToken(),
  );
}

/** A token that the handler owns, from {@link CallThread.duplicateToken}. Close it when done. */
export class Token {
  readonly #token: NativeToken;

  static {
    nativeOfToken = (token) => token.#token;
  }

  /** Not for users: `call.duplicateToken()` makes one. @internal */
  constructor(token: NativeToken) {
    this.#token = token;
  }

  /** Whose token it is. @throws ComError; Error - it was closed. */
  async describe(): Promise<TokenDescription> {
    return valueOf(await this.#token.describe());
  }

  /**
   * A thread that has the token on it until it is left.
   *
   * @throws ComError - the token cannot be put on, or too many threads are open.
   *   `ERROR_BAD_IMPERSONATION_LEVEL`: this process may not wear it at its level; the message says
   *   why. Error - the token was closed.
   */
  async openThread(): Promise<HelperThread> {
    try {
      return new HelperThread(valueOf(await this.#token.openThread()));
    } catch (error) {
      throw await refusedLevel('openThread', this, error);
    }
  }

  /** Lets go of the token. Threads that wear it keep it. */
  close(): void {
    this.#token.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
