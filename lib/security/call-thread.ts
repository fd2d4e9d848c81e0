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
  isLevelTooLow,
  isLowered,
  levelError,
  levelErrorOf,
  levelNumber,
  levelOf,
  reaches,
} from './impersonation-level.js';
import { type StepName, steps, type StepValues } from './steps.js';
import { isFull, processToken, requireThreadId, type TokenOptions } from './thread-token.js';

// CallThread makes a Token and Token makes a HelperThread, so the classes are in one file.

let nativeOfToken: (token: Token) => NativeToken;

/**
 * Returns the addon's object of a token.
 *
 * @throws TypeError - When `token` is not a `Token`. `message` is the message of the error.
 */
export function nativeOf(token: unknown, message: string): NativeToken {
  if (!(token instanceof Token)) throw new TypeError(message);
  return nativeOfToken(token);
}

/**
 * Returns the error to throw when a token could not be put on a thread. If the reason was the level
 * of the token, the message of the error explains that. Otherwise it is `error` itself.
 */
async function refusedLevel(operation: string, token: Token, error: unknown): Promise<unknown> {
  if (!isLowered(error)) return error;
  const { level, user } = await token.describe();
  const needed = level ?? 'impersonation';
  // Windows itself would not fail: it would put the token on the thread at this level.
  const granted = 'identification';
  return levelError(
    { operation, needed, granted, user: user.sid, cause: error },
    await processToken(),
  );
}

/**
 * An impersonation token that the handler owns. {@link CallThread.duplicateToken} makes it. Close
 * it when it is no longer needed.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/secauthz/impersonation-tokens
 * @example
 * await call.impersonateClient({ level: 'impersonation' });
 * using token = await call.duplicateToken();
 * await using thread = await token.openThread();
 */
export class Token {
  readonly #token: NativeToken;

  static {
    nativeOfToken = (token) => token.#token;
  }

  /** @internal */
  constructor(token: NativeToken) {
    this.#token = token;
  }

  /**
   * Describes the token. It says whose token it is.
   *
   * @returns The description of the token, in full.
   * @throws Error - When the token was closed.
   * @throws ComError - When Windows does not let the process read the token.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/securitybaseapi/nf-securitybaseapi-gettokeninformation
   */
  async describe(): Promise<TokenDescription> {
    return valueOf(await this.#token.describe());
  }

  /**
   * Opens a thread and puts the token on it. The token stays on the thread until the thread is
   * left. The thread keeps the token even if the token is closed.
   *
   * @returns The thread. Call {@link HelperThread.leave} when it is no longer needed.
   * @throws Error - When the token was closed.
   * @throws ComError - When the token cannot be put on the thread, or too many threads are open
   *   (`ERROR_MAX_THRDS_REACHED`). `ERROR_BAD_IMPERSONATION_LEVEL`: this process may not use the
   *   token at its level. The message says why.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/processthreadsapi/nf-processthreadsapi-setthreadtoken
   */
  async openThread(): Promise<HelperThread> {
    try {
      return new HelperThread(valueOf(await this.#token.openThread()));
    } catch (error) {
      throw await refusedLevel('openThread', this, error);
    }
  }

  /**
   * Releases the token. Threads that have the token on them keep it. To close it again has no
   * effect.
   */
  close(): void {
    this.#token.close();
  }

  /** Calls {@link close}. */
  [Symbol.dispose](): void {
    this.close();
  }
}

/** The impersonation level that a handler asks for. */
export interface ImpersonateOptions {
  /**
   * For {@link CallThread.impersonateClient}, the lowest level that the handler needs. Default: no
   * level is required. For {@link CallThread.duplicateToken}, the level of the duplicate. Default:
   * the level of the token on the thread.
   */
  readonly level?: ImpersonationLevel;
}

/**
 * A thread that belongs to a call. Every method runs on that thread, in the order in which the
 * methods were called. The JavaScript thread never waits, and never has the client's token on it.
 *
 * After `impersonateClient()`, only the methods of this class run as the client. Everything else
 * runs as the server, because Node runs it on threads of its own: `fs`, for example.
 *
 * If the thread no longer belongs to the call, a method fails with `RPC_E_CALL_COMPLETE`.
 */
export abstract class CallThread {
  readonly #thread: NativeThread;

  /** @internal */
  protected constructor(thread: NativeThread) {
    this.#thread = thread;
  }

  /**
   * Returns the Windows id of the thread.
   *
   * @returns The thread id.
   * @throws ComError - When the call has no thread and will not get one (`RPC_E_CALL_COMPLETE`), or
   *   no thread is available.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/processthreadsapi/nf-processthreadsapi-getcurrentthreadid
   */
  async threadId(): Promise<number> {
    const outcome = await this.#thread.threadId();
    valueOf(outcome);
    return outcome.threadId;
  }

  /**
   * Impersonates the client: puts the client's token on the thread. Fails after the call has been
   * signalled (over the bridge with `RPC_E_CALL_COMPLETE`).
   *
   * @param options - The level that the handler needs.
   * @throws TypeError - When `options.level` is not a level.
   * @throws ComError - When the client cannot be impersonated. The thread is as it was before. With
   *   `options.level`, also `ERROR_BAD_IMPERSONATION_LEVEL`: the level of the client's token is
   *   lower, and the token was taken off the thread again. The message says how the client grants a
   *   higher level. If the token could not be taken off, the error's `cause` says why.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidlbase/nf-objidlbase-iserversecurity-impersonateclient
   * @example
   * await call.impersonateClient({ level: 'impersonation' });
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
   * Checks that the thread has a token of at least a certain level. Without this check, an
   * operation that needs a higher level fails later, with an `ERROR_BAD_IMPERSONATION_LEVEL` that
   * does not say why.
   *
   * @param level - The lowest level that the handler needs.
   * @throws TypeError - When `level` is not a level.
   * @throws ComError - When the level of the token is lower (`ERROR_BAD_IMPERSONATION_LEVEL`). The
   *   message has the level of the token, and says how the client, or the administrator of the
   *   server, grants the level that is needed. Also when there is no token on the thread
   *   (`ERROR_NO_TOKEN`).
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
      throw new ComError(`${operation} failed because no token was found on the thread`, {
        hresult: hresultOfWin32(seen.error?.code ?? 0),
      });
    }
    if (!reaches(granted, needed)) throw await levelErrorOf(operation, needed, seen);
  }

  /**
   * Reverts: takes the client's token off the thread, and puts back the token that was on the
   * thread before the first `impersonateClient()`. This also works after the call has been
   * signalled.
   *
   * @throws ComError - When the thread cannot revert.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidlbase/nf-objidlbase-iserversecurity-reverttoself
   */
  async revertToSelf(): Promise<void> {
    valueOf(await this.#thread.revertToSelf());
  }

  /**
   * Returns whether the thread impersonates the client of this call.
   *
   * @returns `true` after `impersonateClient()`, `false` after `revertToSelf()`.
   * @throws ComError - When the thread no longer belongs to the call.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidlbase/nf-objidlbase-iserversecurity-isimpersonating
   */
  async isImpersonating(): Promise<boolean> {
    return valueOf(await this.#thread.isImpersonating());
  }

  /**
   * Returns how the client's call is authenticated.
   *
   * @returns The client's account, and the settings of the call.
   * @throws ComError - When COM does not tell, or the call is over.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidlbase/nf-objidlbase-iserversecurity-queryblanket
   */
  async queryBlanket(): Promise<Blanket> {
    return blanketOf(valueOf(await this.#thread.queryBlanket()));
  }

  /**
   * Checks whether the user of the thread's token has access to an object with a certain security
   * descriptor. A token at identification level is enough, so this works with the default of every
   * client.
   *
   * @param descriptor - The object's security descriptor, in SDDL, with a DACL.
   * @param access - The access mask to check, from 0 to 4294967295. Generic rights mean those of
   *   files.
   * @returns `true` if the descriptor grants the access.
   * @throws TypeError - When an argument is wrong. The message names it.
   * @throws ComError - When the thread has no token (`ERROR_NO_TOKEN`), or the check fails.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/securitybaseapi/nf-securitybaseapi-accesscheck
   * @example
   * const mayWrite = await call.checkAccess('D:(A;;GA;;;BA)(A;;GR;;;AU)', 0x40000000); // GENERIC_WRITE
   */
  async checkAccess(descriptor: string, access: number): Promise<boolean> {
    requireText(descriptor, 'descriptor');
    if (!Number.isInteger(access) || access < 0 || access > 0xffffffff) {
      throw new TypeError('access must be an access mask, a whole number from 0 to 4294967295');
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
   * Looks at the impersonation token on the thread. The thread itself does it.
   *
   * @param options - How much of the token is described.
   * @returns What was found on the thread. Without a token, `state` is `'absent'`.
   * @throws TypeError - When `options.detail` is not one of its values.
   * @throws ComError - When the thread no longer belongs to the call, or its token cannot be
   *   described.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/processthreadsapi/nf-processthreadsapi-openthreadtoken
   */
  async threadToken(options: TokenOptions = {}): Promise<ThreadToken> {
    return valueOf(await this.#thread.threadToken(isFull(options)));
  }

  /**
   * Looks from this thread at the impersonation token of another thread, of this or another
   * process. Call it on a thread that does not impersonate: Windows checks the right to look
   * against the identity that this thread has.
   *
   * @param threadId - The Windows id of the other thread.
   * @returns What was found on the other thread, with `detail` `'brief'`. If there is no such
   *   thread, `state` is `'unknown'`.
   * @throws TypeError - When `threadId` is not a thread id.
   * @throws ComError - When this thread no longer belongs to the call, or the token cannot be
   *   described.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/processthreadsapi/nf-processthreadsapi-openthreadtoken
   */
  async tokenOfThread(threadId: number): Promise<ThreadToken> {
    requireThreadId(threadId);
    return valueOf(await this.#thread.tokenOfThread(threadId));
  }

  /**
   * Puts a token on the thread, or takes the token off the thread.
   *
   * @param token - The token to put on the thread. `null` takes off the token that is there.
   * @throws TypeError - When `token` is neither a `Token` nor `null`.
   * @throws Error - When the token was closed.
   * @throws ComError - When the thread no longer belongs to the call, or Windows refuses the token.
   *   `ERROR_BAD_IMPERSONATION_LEVEL`: this process may not use the token at its level, and the
   *   thread is as it was before. The message says why. (Windows alone would succeed, and put the
   *   token on the thread at identification level.)
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
   * Duplicates the token on the thread. The handler owns the duplicate and can use it after Signal
   * and after Begin_ has returned, until it closes it. With a duplicate, a server can act as a
   * client for longer than the client's call.
   *
   * @param options - The level of the duplicate.
   * @returns The duplicate. Call {@link Token.close} when it is no longer needed.
   * @throws TypeError - When `options.level` is not a level.
   * @throws ComError - When there is no token on the thread (`ERROR_NO_TOKEN`), or the level of the
   *   token is below `options.level` or is anonymous (`ERROR_BAD_IMPERSONATION_LEVEL`). The message
   *   says how the client grants a higher level.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/securitybaseapi/nf-securitybaseapi-duplicatetokenex
   */
  async duplicateToken(options: ImpersonateOptions = {}): Promise<Token> {
    requireObject(options);
    const { level } = options;
    const number = level === undefined ? undefined : levelNumber(level, 'options.level');
    try {
      return new Token(valueOf(await this.#thread.duplicateToken(number)));
    } catch (error) {
      if (!isLevelTooLow(error)) throw error;
      const seen = await this.threadToken({ detail: 'brief' });
      throw await levelErrorOf('duplicateToken', level ?? 'identification', seen, error);
    }
  }

  /**
   * Calls a function of COM on the thread, and returns its HRESULT as data with the thread and the
   * time. It is meant for tests of what COM does.
   *
   * @param name - The function: a method of `IServerSecurity` (`'ImpersonateClient'`,
   *   `'RevertToSelf'`, `'IsImpersonating'`, `'QueryBlanket'`), or `'CoImpersonateClient'`,
   *   `'CoRevertToSelf'`, `'CoQueryClientBlanket'` or `'CoGetCallContext'`.
   * @returns The outcome, with the function's value if there is one. Its `hresult` can be a
   *   failure.
   * @throws TypeError - When there is no function of that name.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidlbase/nn-objidlbase-iserversecurity
   */
  async attempt<Name extends StepName>(name: Name): Promise<Outcome<StepValues[Name]>> {
    if (!Object.hasOwn(steps, name)) {
      const names = Object.keys(steps).map((step) => `'${step}'`);
      throw new TypeError(`name must be one of ${names.join(', ')}`);
    }
    return steps[name](this.#thread);
  }

  /**
   * Opens a file or folder for reading with the token on the thread, closes it, and returns the
   * HRESULT as data. It is meant for tests of what a token lets a server do.
   *
   * @param path - The path of the file or folder. A relative path starts at the current folder.
   * @returns The outcome. Its `hresult` is that of `ERROR_NO_TOKEN` if there is no token on the
   *   thread.
   * @throws TypeError - When `path` is not a string, is empty, or contains a null character.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/fileapi/nf-fileapi-createfilew
   */
  async attemptToOpen(path: string): Promise<Outcome> {
    requireText(path, 'path');
    return this.#thread.openFile(path);
  }
}

/**
 * A thread that a handler opens in addition to Begin_'s thread, in the same apartment.
 * {@link ServerCall.openThread} and {@link Token.openThread} open one. The thread has an
 * impersonation token of its own: none at first, or the token that opened it. The token is taken
 * off when the thread is left.
 *
 * @example
 * await using thread = await call.openThread();
 * await thread.impersonateClient();
 */
export class HelperThread extends CallThread {
  readonly #thread: NativeHelperThread;

  /** @internal */
  constructor(thread: NativeHelperThread) {
    super(thread);
    this.#thread = thread;
  }

  /**
   * Leaves the thread: steps that were asked for before run first, then every token is taken off
   * and the thread goes back to its pool. To leave it again has no effect.
   *
   * @throws ComError - When the thread cannot be left.
   */
  async leave(): Promise<void> {
    const outcome = await this.#thread.leave();
    if (outcome.failure !== 'threadGone') valueOf(outcome);
  }

  /** Calls {@link leave}. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.leave();
  }
}
