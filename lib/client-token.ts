import type { NativeToken } from './native.js';
import { HelperThread } from './call-thread.js';
import { valueOf } from './outcome.js';
import type { TokenDescription } from './token.js';

let nativeOfToken: (token: ClientToken) => NativeToken;

/** The addon's side of a token. Not for users. */
export function nativeOf(token: unknown): NativeToken {
  if (!(token instanceof ClientToken)) throw new TypeError('token must be a ClientToken or null');
  return nativeOfToken(token);
}

/** A token that the handler owns, from {@link CallThread.duplicateToken}. Close it when done. */
export class ClientToken {
  readonly #token: NativeToken;

  static {
    nativeOfToken = (token) => token.#token;
  }

  /** Not for users: `call.duplicateToken()` makes one. */
  constructor(token: NativeToken) {
    this.#token = token;
  }

  /** Whose token it is. @throws ComError; Error - it was closed. */
  async describe(): Promise<TokenDescription> {
    return valueOf(await this.#token.describe());
  }

  /**
   * A thread that wears the token until it is left.
   *
   * @throws ComError - the token cannot be put on, or too many threads are open; Error - the token
   *   was closed.
   */
  async openThread(): Promise<HelperThread> {
    return new HelperThread(valueOf(await this.#token.openThread()));
  }

  /** Lets go of the token. Threads that wear it keep it. */
  close(): void {
    this.#token.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}
