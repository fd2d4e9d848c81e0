import type {
  ClientBlanketNumbers,
  NativeHelperThread,
  NativeThread,
  StepValues,
} from './native.js';
import { type Outcome, valueOf } from './outcome.js';
import { ClientToken, nativeOf } from './client-token.js';
import type { ThreadToken } from './token.js';
import { isFull, type TokenOptions } from './token-functions.js';

/** The name of a Windows function that {@link CallThread.attempt} can call. */
export type StepName = Exclude<
  keyof StepValues,
  'OpenThreadToken' | 'OpenTokenOfThread' | 'SetThreadToken' | 'DuplicateToken'
>;

/**
 * A thread that belongs to a call: every method runs on that thread and says what came of it, in
 * the order called. The JavaScript thread never waits, and never has the client's token.
 *
 * Beware: what JavaScript does itself after `impersonateClient()`, `fs` for example, runs on
 * Node's threads and so as the server. Only what these methods do runs as the client.
 */
export abstract class CallThread {
  readonly #thread: NativeThread;

  protected constructor(thread: NativeThread) {
    this.#thread = thread;
  }

  /** The Windows id of the thread. */
  get threadId(): number {
    return this.#thread.threadId;
  }

  /**
   * Puts the client's token on the thread. Fails once the call has been signalled
   * (`RPC_E_CALL_COMPLETE` over the bridge).
   *
   * @throws ComError - the client cannot be impersonated; the thread is as it was.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidlbase/nf-objidlbase-iserversecurity-impersonateclient
   */
  async impersonateClient(): Promise<void> {
    valueOf(await this.#thread.step('ImpersonateClient'));
  }

  /**
   * Takes the client's token off the thread again and puts back what was there before the first
   * `impersonateClient`. Works after Signal, too.
   *
   * @throws ComError
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidlbase/nf-objidlbase-iserversecurity-reverttoself
   */
  async revertToSelf(): Promise<void> {
    valueOf(await this.#thread.step('RevertToSelf'));
  }

  /**
   * Whether the thread impersonates the client through this call.
   *
   * @throws ComError
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidlbase/nf-objidlbase-iserversecurity-isimpersonating
   */
  async isImpersonating(): Promise<boolean> {
    return valueOf(await this.#thread.step('IsImpersonating'));
  }

  /**
   * How the client authenticated itself, in COM's own numbers.
   *
   * @throws ComError
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidlbase/nf-objidlbase-iserversecurity-queryblanket
   */
  async queryBlanket(): Promise<ClientBlanketNumbers> {
    return valueOf(await this.#thread.step('QueryBlanket'));
  }

  /**
   * The impersonation token on the thread, seen from the thread itself.
   *
   * @see https://learn.microsoft.com/en-us/windows/win32/api/processthreadsapi/nf-processthreadsapi-openthreadtoken
   */
  async threadToken(options: TokenOptions = {}): Promise<ThreadToken> {
    return valueOf(await this.#thread.step('OpenThreadToken', isFull(options)));
  }

  /**
   * The impersonation token of another thread, of this or another process, seen from this one.
   * Look from a thread that is not impersonating: Windows checks the right to look as whom it
   * impersonates.
   */
  async tokenOfThread(threadId: number): Promise<ThreadToken> {
    return valueOf(await this.#thread.step('OpenTokenOfThread', threadId));
  }

  /**
   * Puts a token on the thread, or takes off the one that is there (`null`).
   *
   * @throws ComError
   * @see https://learn.microsoft.com/en-us/windows/win32/api/processthreadsapi/nf-processthreadsapi-setthreadtoken
   */
  async setThreadToken(token: ClientToken | null): Promise<void> {
    const argument = token === null ? null : nativeOf(token);
    valueOf(await this.#thread.step('SetThreadToken', argument));
  }

  /**
   * A token of the handler's own from the one on the thread. It serves after Signal and after
   * Begin_ has returned, until it is closed: the way to act as a client for longer than its call.
   *
   * @throws ComError - there is no token on the thread (`ERROR_NO_TOKEN`).
   * @see https://learn.microsoft.com/en-us/windows/win32/api/securitybaseapi/nf-securitybaseapi-duplicatetokenex
   */
  async duplicateToken(): Promise<ClientToken> {
    return new ClientToken(valueOf(await this.#thread.step('DuplicateToken')));
  }

  /**
   * Calls a function on the thread and gives its HRESULT as data, with the thread and the time:
   * for tests of what COM does.
   *
   * @param name - The function: one of `IServerSecurity`'s, or of `CoImpersonateClient`,
   *   `CoRevertToSelf`, `CoQueryClientBlanket`, `CoGetCallContext`.
   */
  attempt<Name extends StepName>(name: Name): Promise<Outcome<StepValues[Name]>> {
    return this.#thread.step(name);
  }
}

/**
 * A thread beside Begin_'s, in the same apartment, for a handler that works for its client on more
 * than one: from {@link ServerCall.openThread} or {@link ClientToken.openThread}. Its token is its
 * own, and is taken off when the thread is left.
 */
export class HelperThread extends CallThread {
  readonly #thread: NativeHelperThread;

  /** Not for users: `call.openThread()` makes one. */
  constructor(thread: NativeHelperThread) {
    super(thread);
    this.#thread = thread;
  }

  /** Lets the thread go, clean. A second time does nothing. */
  async leave(): Promise<void> {
    const outcome = await this.#thread.leave();
    if (outcome.operation !== null) valueOf(outcome);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.leave();
  }
}
