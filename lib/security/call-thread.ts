import { requireObject, requireText } from '../errors/arguments.js';
import { ComError, isFailure } from '../errors/com-error.js';
import { hresultOfWin32 } from '../errors/hresults.js';
import { errorOf, valueOf } from '../errors/outcome.js';
import type { Outcome } from '../native/outcome.js';
import type { NativeHelperThread, NativeThread, NativeToken } from '../native/security.js';
import type {
  ImpersonationLevel,
  ThreadToken,
  TokenDescription,
} from '../native/token-description.js';
import { type Blanket, blanketOf } from './blanket.js';
import {
  isForWantOfLevel,
  isLowered,
  levelError,
  levelErrorOf,
  levelNumber,
  levelOf,
  reaches,
} from './impersonation-level.js';
import { type StepName, steps, type StepValues } from './steps.js';
import { isFull, processToken, requireThreadId, type TokenOptions } from './thread-token.js';

// A thread duplicates its token, and a token opens a thread: so both classes are in this file.

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

/** How far a handler wants to go as its client. */
export interface ImpersonateOptions {
  /** The least level the handler needs, or for a duplicate the one it gets. */
  readonly level?: ImpersonationLevel;
}

/**
 * A thread that belongs to a call: every method runs on that thread and says what came of it, in
 * the order called. The JavaScript thread never waits, and never has the client's token.
 *
 * Beware: what JavaScript does itself after `impersonateClient()`, `fs` for example, runs on
 * Node's threads and so as the server. Only what these methods do runs as the client.
 *
 * What is to run on a thread that is no longer the call's fails with `RPC_E_CALL_COMPLETE`.
 */
export abstract class CallThread {
  readonly #thread: NativeThread;

  /** @internal */
  protected constructor(thread: NativeThread) {
    this.#thread = thread;
  }

  /**
   * The Windows id of the thread.
   *
   * @throws ComError - the call has no thread, and gets none any more (`RPC_E_CALL_COMPLETE`), or
   *   none can be had.
   */
  async threadId(): Promise<number> {
    const outcome = await this.#thread.threadId();
    valueOf(outcome);
    return outcome.threadId;
  }

  /**
   * Puts the client's token on the thread. Fails once the call has been signalled
   * (`RPC_E_CALL_COMPLETE` over the bridge).
   *
   * @throws TypeError - `options.level` is no level.
   * @throws ComError - the client cannot be impersonated; the thread is as it was. With
   *   `options.level`, `ERROR_BAD_IMPERSONATION_LEVEL`: the token came lower and was taken off
   *   again; the message says how the client grants more. Where it could not be taken off, the
   *   error's `cause` is why.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidlbase/nf-objidlbase-iserversecurity-impersonateclient
   */
  async impersonateClient(options: ImpersonateOptions = {}): Promise<void> {
    requireObject(options);
    const { level } = options;
    if (level !== undefined) levelNumber(level, 'options.level');
    valueOf(await this.#thread.impersonateClient());
    if (level === undefined) return;
    try {
      await this.#requireLevel('impersonateClient', level);
    } catch (error) {
      const reverted = await this.#thread.revertToSelf();
      if (error instanceof Error && isFailure(reverted.hresult)) error.cause = errorOf(reverted);
      throw error;
    }
  }

  /**
   * Fails unless the thread has a token that lets the server go as far as `level`: better said
   * before an operation than by its `ERROR_BAD_IMPERSONATION_LEVEL`.
   *
   * @throws TypeError - `level` is no level.
   * @throws ComError - `ERROR_BAD_IMPERSONATION_LEVEL`: the message has the level granted, and how
   *   the client, or the server's account, comes by the one needed. `ERROR_NO_TOKEN`.
   * @see https://learn.microsoft.com/en-us/windows/win32/com/impersonation-levels
   */
  async requireLevel(level: ImpersonationLevel): Promise<void> {
    levelNumber(level, 'level');
    await this.#requireLevel('requireLevel', level);
  }

  async #requireLevel(operation: string, needed: ImpersonationLevel): Promise<void> {
    const seen = await this.threadToken({ detail: 'brief' });
    const granted = levelOf(seen);
    if (granted === null) {
      throw new ComError(`${operation}: the thread has no token that can be seen`, {
        hresult: hresultOfWin32(seen.error?.code ?? 0),
      });
    }
    if (!reaches(granted, needed)) throw await levelErrorOf(operation, needed, seen);
  }

  /**
   * Takes the client's token off the thread again and puts back what was there before the first
   * `impersonateClient`. Works after Signal, too.
   *
   * @throws ComError
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidlbase/nf-objidlbase-iserversecurity-reverttoself
   */
  async revertToSelf(): Promise<void> {
    valueOf(await this.#thread.revertToSelf());
  }

  /**
   * Whether the thread impersonates the client through this call.
   *
   * @throws ComError
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidlbase/nf-objidlbase-iserversecurity-isimpersonating
   */
  async isImpersonating(): Promise<boolean> {
    return valueOf(await this.#thread.isImpersonating());
  }

  /**
   * How the client's call is authenticated.
   *
   * @throws ComError
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidlbase/nf-objidlbase-iserversecurity-queryblanket
   */
  async queryBlanket(): Promise<Blanket> {
    return blanketOf(valueOf(await this.#thread.queryBlanket()));
  }

  /**
   * Whether the thread's token has an access to an object, by the object's security descriptor. A
   * token at identification level serves, so it works with every client's default.
   *
   * @param descriptor - In SDDL, with a DACL.
   * @param access - The access asked for, as a mask; generic rights are those of files.
   * @throws TypeError - an argument is wrong.
   * @throws ComError - the thread has no token (`ERROR_NO_TOKEN`), or the check failed.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/securitybaseapi/nf-securitybaseapi-accesscheck
   */
  async checkAccess(descriptor: string, access: number): Promise<boolean> {
    requireText(descriptor, 'descriptor');
    if (!Number.isInteger(access) || access < 0 || access > 0xffffffff) {
      throw new TypeError('access must be an access mask: a whole number of 32 bits');
    }
    const outcome = await this.#thread.checkAccess(descriptor, access);
    if (outcome.failure === 'descriptor') {
      throw new TypeError(
        `descriptor must be a security descriptor in SDDL with a DACL: ${errorOf(outcome).message}`,
        { cause: errorOf(outcome) },
      );
    }
    return valueOf(outcome);
  }

  /**
   * The impersonation token on the thread, seen from the thread itself.
   *
   * @throws TypeError - `options.detail` is not one of its values.
   * @throws ComError - the thread is no longer the call's, or its token cannot be described.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/processthreadsapi/nf-processthreadsapi-openthreadtoken
   */
  async threadToken(options: TokenOptions = {}): Promise<ThreadToken> {
    return valueOf(await this.#thread.threadToken(isFull(options)));
  }

  /**
   * The impersonation token of another thread, of this or another process, seen from this one.
   * Look from a thread that is not impersonating: Windows checks the right to look as whom it
   * impersonates.
   *
   * @param threadId - A Windows thread id. Without such a thread, `state` is `'unknown'`.
   * @throws TypeError - `threadId` is not a thread id.
   * @throws ComError - this thread is no longer the call's, or the token cannot be described.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/processthreadsapi/nf-processthreadsapi-openthreadtoken
   */
  async tokenOfThread(threadId: number): Promise<ThreadToken> {
    requireThreadId(threadId);
    return valueOf(await this.#thread.tokenOfThread(threadId));
  }

  /**
   * Puts a token on the thread, or takes off the one that is there (`null`).
   *
   * @throws TypeError - `token` is neither. Error - it was closed.
   * @throws ComError - the thread is no longer the call's, or Windows refused.
   *   `ERROR_BAD_IMPERSONATION_LEVEL`: this process may not wear the token at its level, and the
   *   thread is as it was; the message says why. (Windows by itself would succeed, and put it on at
   *   identification.)
   * @see https://learn.microsoft.com/en-us/windows/win32/api/processthreadsapi/nf-processthreadsapi-setthreadtoken
   */
  async setThreadToken(token: Token | null): Promise<void> {
    if (token === null) {
      valueOf(await this.#thread.setThreadToken(null));
      return;
    }
    const argument = nativeOf(token, 'token must be a Token or null');
    try {
      valueOf(await this.#thread.setThreadToken(argument));
    } catch (error) {
      throw await refusedLevel('setThreadToken', token, error);
    }
  }

  /**
   * A token of the handler's own from the one on the thread. It serves after Signal and after
   * Begin_ has returned, until it is closed: the way to act as a client for longer than its call.
   *
   * @throws TypeError - `options.level` is no level.
   * @throws ComError - there is no token on the thread (`ERROR_NO_TOKEN`);
   *   `ERROR_BAD_IMPERSONATION_LEVEL`: it is below `options.level`, or anonymous; the message says
   *   how the client grants more.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/securitybaseapi/nf-securitybaseapi-duplicatetokenex
   */
  async duplicateToken(options: ImpersonateOptions = {}): Promise<Token> {
    requireObject(options);
    const { level } = options;
    const number = level === undefined ? undefined : levelNumber(level, 'options.level');
    try {
      return new Token(valueOf(await this.#thread.duplicateToken(number)));
    } catch (error) {
      if (!isForWantOfLevel(error)) throw error;
      const seen = await this.threadToken({ detail: 'brief' });
      throw await levelErrorOf('duplicateToken', level ?? 'identification', seen, error);
    }
  }

  /**
   * Calls a function on the thread and gives its HRESULT as data, with the thread and the time:
   * for tests of what COM does.
   *
   * @param name - The function: one of `IServerSecurity`'s, or of `CoImpersonateClient`,
   *   `CoRevertToSelf`, `CoQueryClientBlanket`, `CoGetCallContext`.
   * @throws TypeError - there is no function of that name.
   */
  async attempt<Name extends StepName>(name: Name): Promise<Outcome<StepValues[Name]>> {
    if (!Object.hasOwn(steps, name)) throw new TypeError(`unknown step: ${name}`);
    return steps[name](this.#thread);
  }

  /**
   * Opens a file or folder for reading as whom the thread acts, closes it again, and gives the
   * HRESULT as data: for tests of what a token lets a server do. `ERROR_NO_TOKEN` on a thread
   * without a token.
   *
   * @throws TypeError - `path` is no path.
   */
  async attemptToOpen(path: string): Promise<Outcome> {
    requireText(path, 'path');
    return this.#thread.openFile(path);
  }
}

/**
 * A thread beside Begin_'s, in the same apartment, for a handler that works for its client on more
 * than one: from {@link ServerCall.openThread} or {@link Token.openThread}. Its token is its
 * own, and is taken off when the thread is left.
 */
export class HelperThread extends CallThread {
  readonly #thread: NativeHelperThread;

  /** Not for users: `call.openThread()` makes one. @internal */
  constructor(thread: NativeHelperThread) {
    super(thread);
    this.#thread = thread;
  }

  /**
   * Lets the thread go, clean. A second time does nothing.
   *
   * @throws ComError - it could not be left.
   */
  async leave(): Promise<void> {
    const outcome = await this.#thread.leave();
    if (outcome.failure !== 'threadGone') valueOf(outcome);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.leave();
  }
}
