import type { Blanket } from '../security/blanket.js';
import { CallThread, HelperThread } from '../security/call-thread.js';
import { ComError } from '../errors/com-error.js';
import type { Assigned, NativeServerCall } from '../native/server.js';
import { requireObject } from '../errors/arguments.js';
import type { Outcome } from '../native/outcome.js';
import { valueOf } from '../errors/outcome.js';
import type { ThreadToken } from '../native/token-description.js';
import type { Value } from '../value/value.js';
import { hresults } from '../errors/hresults.js';

/** What async-com found on Begin_'s thread when Begin_ returned, and after it. */
export interface BeginReturn {
  /** The Windows id of Begin_'s thread. */
  readonly threadId: number;

  /**
   * The token that was on the thread when Begin_ returned, before it was taken off. `null` if
   * async-com did not look: the handler did not use Begin_'s thread, so no token can have been left
   * there.
   */
  readonly found: ThreadToken | null;

  /**
   * The token that was on the thread after Begin_ had returned. The thread itself looked. `null` if
   * the thread belongs to COM again and cannot look: on the system path, and if {@link found} is
   * `null`.
   */
  readonly after: ThreadToken | null;

  /**
   * The HRESULT of `CoGetCallContext` on the thread after Begin_ had returned. `null` if
   * {@link after} is `null`.
   */
  readonly callContext: number | null;
}

/** The name of a method that only a server calls. @internal */
export const cancelCall = Symbol('cancelCall');

/** The name of a method that only a server calls. @internal */
export const assignedOf = Symbol('assignedOf');

const whyCancelled: Readonly<Record<number, string>> = {
  [hresults.RPC_E_CALL_CANCELED]: 'the client has cancelled the call',
  [hresults.RPC_E_CLIENT_DIED]: 'the client’s process has ended, or it has disconnected',
  [hresults.CO_E_SERVER_STOPPING]: 'the server is closing',
};

/** The options of {@link ServerCall.signal}. */
export interface SignalOptions {
  /**
   * The thread on which the call is signalled. `'begin'` is Begin_'s thread, or a completion thread
   * if Begin_ has already returned. `'completion'` is always a completion thread, even while Begin_
   * runs. In both cases, steps that were asked of Begin_'s thread before run first. Default
   * `'begin'`.
   */
  readonly thread?: 'begin' | 'completion';
}

/**
 * One incoming call, as its handler has it. A handler gets it as its first argument. The methods
 * that it has from {@link CallThread} run on the thread on which Begin_ runs.
 *
 * A service uses above all {@link client}, {@link cancelled}, {@link impersonateClient},
 * {@link checkAccess}, {@link duplicateToken} and {@link signal}. Tests of COM itself use
 * {@link attempt}, {@link attemptToOpen}, {@link beginReturned}, {@link openThread} and
 * {@link tokenOfThread}.
 *
 * When the handler returns, the call is signalled with the value that the handler returned, and
 * Begin_ returns. A handler can do both earlier. {@link signal} gives the client its answer while
 * Begin_ still runs. {@link returnFromBegin} gives Begin_'s thread back while the call goes on.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/com/asynchronous-com
 * @example
 * const methods = {
 *   async mayRead(call: ServerCall) {
 *     await call.impersonateClient();
 *     // Authenticated users may read: GENERIC_READ is 0x80000000.
 *     const mayRead = await call.checkAccess('D:(A;;GR;;;AU)', 0x80000000);
 *     await call.revertToSelf();
 *     return mayRead;
 *   },
 * };
 */
export class ServerCall extends CallThread {
  readonly #call: NativeServerCall;
  #beginReturn: Promise<BeginReturn> | undefined;
  #client: Promise<Blanket> | undefined;

  /** The number of the call. Every call to this process has a different number. */
  readonly id: number;

  /** The name of the method or of the property. */
  readonly method: string;

  /** The arguments of the call. The handler also gets them as its parameters. */
  readonly args: readonly Value[];

  /**
   * The way by which the call reached its handler. `'system'`: COM made the call object and runs
   * Begin_. `'bridge'`: a synchronous call reached the server object, and async-com did both.
   */
  readonly path: 'system' | 'bridge';

  /**
   * The Windows id of the RPC thread that waits for the call over the bridge. `null` on the system
   * path, because Begin_ runs on the RPC thread there.
   */
  readonly rpcThreadId: number | null;

  /**
   * The locale of the client, an LCID: `0x0409` is English (United States). `null` if the client
   * gave none: only automation clients do.
   *
   * @see https://learn.microsoft.com/en-us/openspecs/windows_protocols/ms-lcid
   */
  readonly lcid: number | null;

  readonly #assigned = new Map<number, Value>();
  #cancelled: AbortController | undefined;
  #cancelledBecause: ComError | undefined;

  /** @internal */
  constructor(call: NativeServerCall, method: string, args: readonly Value[]) {
    super(call);
    this.#call = call;
    this.id = call.id;
    this.method = method;
    this.args = args;
    this.path = call.path;
    this.rpcThreadId = call.rpcThreadId;
    this.lcid = call.locale;
    if (call.cancelled !== null) this[cancelCall](call.cancelled);
  }

  /**
   * A signal that is aborted when nobody waits for the answer any more. Pass it to the functions
   * that the handler waits for. What the handler returns after that is dropped. The signal's reason
   * is a {@link ComError}:
   *
   * - `RPC_E_CALL_CANCELED`: the client has cancelled the call.
   * - `RPC_E_CLIENT_DIED`: the client's process has ended, or RPC says that the client has
   *   disconnected.
   * - `CO_E_SERVER_STOPPING`: the server is closing and has ended the call.
   *
   * @see https://nodejs.org/api/globals.html#class-abortsignal
   * @example
   * await setTimeout(60_000, undefined, { signal: call.cancelled }); // from node:timers/promises
   */
  get cancelled(): AbortSignal {
    if (this.#cancelled === undefined) {
      this.#cancelled = new AbortController();
      if (this.#cancelledBecause !== undefined) this.#cancelled.abort(this.#cancelledBecause);
    }
    return this.#cancelled.signal;
  }

  /**
   * Assigns to an argument. If the client passed it by reference, the client gets the value with
   * the answer, in the type that its variable has. Otherwise this has no effect, as in any language
   * of automation: `add 1, x` can change `x`, and not `1`.
   *
   * @param argument - The place of the argument: 0 for the first.
   * @param value - The value.
   * @returns Whether the client passed the argument by reference.
   * @throws TypeError - When there is no such argument.
   * @example
   * const methods = { double: (call: ServerCall, n: number) => void call.assign(0, 2 * n) };
   */
  assign(argument: number, value: Value): boolean {
    if (!Number.isInteger(argument) || argument < 0 || argument >= this.args.length) {
      throw new TypeError('argument must be the place of an argument, 0 for the first');
    }
    if (!this.#call.byReference.includes(argument)) return false;
    this.#assigned.set(argument, value);
    return true;
  }

  /** What was assigned, for the addon. @internal */
  [assignedOf](): Assigned {
    return this.#assigned.size === 0 ? undefined : [...this.#assigned];
  }

  /** Aborts {@link cancelled}. The server calls it. @internal */
  [cancelCall](hresult: number): void {
    if (this.#cancelledBecause !== undefined) return;
    this.#cancelledBecause = new ComError(whyCancelled[hresult] ?? 'the call was cancelled', {
      hresult,
    });
    this.#cancelled?.abort(this.#cancelledBecause);
  }

  /**
   * How the client's call is authenticated: the result of {@link queryBlanket}. async-com asks COM
   * once, when this property is first read. Read it before the call is signalled.
   *
   * @throws ComError - When COM does not tell, or the call is over. The promise rejects.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidlbase/nf-objidlbase-iserversecurity-queryblanket
   * @example
   * const { client, authnLevel } = await call.client; // 'DOMAIN\\ada', 'pkt-privacy'
   */
  get client(): Promise<Blanket> {
    this.#client ??= this.queryBlanket();
    return this.#client;
  }

  /**
   * Signals the call: the client gets its answer now. When the promise resolves,
   * `ISynchronize::Signal` has completed and the client can no longer be impersonated. A token that
   * is on the thread stays there until `revertToSelf()` or until Begin_ returns. A second call of
   * this method has no effect on the answer, and resolves when the first has resolved.
   *
   * @param value - The result that the client gets. Default `undefined`.
   * @param options - On which thread the call is signalled.
   * @throws TypeError - When the value cannot be sent, or an option is wrong. The call was not
   *   signalled.
   * @throws ComError - When `ISynchronize::Signal` fails.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidlbase/nf-objidlbase-isynchronize-signal
   * @example
   * await call.signal('done'); // the client goes on
   * await call.threadToken(); // Begin_ still runs
   */
  async signal(value?: Value, options: SignalOptions = {}): Promise<void> {
    valueOf(await this.attemptSignal(value, options));
  }

  /**
   * Does the same as {@link signal}, and returns the HRESULT as data.
   *
   * @param value - The result that the client gets. Default `undefined`.
   * @param options - On which thread the call is signalled.
   * @returns The outcome of `ISynchronize::Signal`. Its `hresult` can be a failure.
   * @throws TypeError - When the value cannot be sent, or an option is wrong. The call was not
   *   signalled.
   */
  async attemptSignal(value?: Value, options: SignalOptions = {}): Promise<Outcome> {
    requireObject(options);
    const { thread = 'begin' }: { thread?: string } = options;
    if (thread !== 'begin' && thread !== 'completion') {
      throw new TypeError("options.thread must be 'begin' or 'completion'");
    }
    return this.#call.signal(value, this[assignedOf](), thread === 'completion');
  }

  /**
   * Lets Begin_ return now, before the call is signalled. Use it in a long handler that needs no
   * token: the thread is then free for other calls. A token on the thread is removed. After that, the methods that run on the thread fail with `RPC_E_CALL_COMPLETE`. {@link signal},
   * {@link openThread} and the return of the handler still work.
   */
  returnFromBegin(): void {
    this.#call.returnFromBegin();
  }

  /**
   * Waits until Begin_ has returned. If it has already returned, the promise resolves at once.
   *
   * @returns What async-com found on Begin_'s thread.
   * @throws ComError - When async-com did not see Begin_ return (`RPC_E_CALL_COMPLETE`).
   */
  beginReturned(): Promise<BeginReturn> {
    this.#beginReturn ??= this.#awaitBegin();
    return this.#beginReturn;
  }

  async #awaitBegin(): Promise<BeginReturn> {
    const outcome = await this.#call.beginReturned();
    const { found, after, callContext } = valueOf(outcome);
    return { threadId: outcome.threadId, found, after, callContext };
  }

  /**
   * Opens a thread in addition to Begin_'s thread. It holds the call's `IServerSecurity` pointer,
   * so it can impersonate the client as well.
   *
   * @returns The thread. Call {@link HelperThread.leave} when it is no longer needed.
   * @throws ComError - When too many threads are open (`ERROR_MAX_THRDS_REACHED`).
   */
  async openThread(): Promise<HelperThread> {
    return new HelperThread(valueOf(await this.#call.openThread()));
  }
}
