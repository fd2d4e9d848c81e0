import type { Blanket } from '../security/blanket.js';
import { CallThread, HelperThread } from '../security/call-thread.js';
import { ComError } from '../errors/com-error.js';
import type { NativeServerCall } from '../native/server.js';
import { requireObject } from '../errors/arguments.js';
import type { Outcome } from '../native/outcome.js';
import { valueOf } from '../errors/outcome.js';
import type { ThreadToken } from '../native/token-description.js';
import type { Value } from '../value/value.js';
import { hresults } from '../errors/hresults.js';

/** What was on Begin_'s thread when Begin_ returned, and after that. */
export interface BeginReturn {
  readonly threadId: number;

  /**
   * The token that Begin_'s return found on the thread, before it took it off. `null` where nobody
   * looked: the handler asked nothing of Begin_'s thread, so that nothing could be left there.
   */
  readonly found: ThreadToken | null;

  /**
   * The thread after that, seen from itself. `null` where the thread is COM's again, and only others
   * can look at it: on the system path, and where nobody looked.
   */
  readonly after: ThreadToken | null;

  /** What `CoGetCallContext` answers there then. `null` where {@link after} is. */
  readonly callContext: number | null;
}

/** The name of what only a server calls. @internal */
export const cancelCall = Symbol('cancelCall');

const whyCancelled: Readonly<Record<number, string>> = {
  [hresults.RPC_E_CALL_CANCELED]: 'the client has cancelled the call',
  [hresults.RPC_E_CLIENT_DIED]: 'the client’s process has ended',
  [hresults.CO_E_SERVER_STOPPING]: 'the server closes',
};

/** How {@link ServerCall.signal} signals. */
export interface SignalOptions {
  /**
   * `'completion'`: on a thread other than Begin_'s, also while Begin_ runs, behind what was asked of
   * Begin_'s. Default `'begin'`.
   */
  readonly thread?: 'begin' | 'completion';
}

/**
 * A call in progress, as its handler has it. Its own methods run on the thread that Begin_ runs on.
 *
 * Returning from the handler signals the call with what is returned, and lets Begin_ return. A
 * handler may do either earlier: {@link signal} gives the client its answer while Begin_ runs on,
 * {@link returnFromBegin} gives the thread back while the call goes on.
 */
export class ServerCall extends CallThread {
  readonly #call: NativeServerCall;
  #beginReturn: Promise<BeginReturn> | undefined;
  #client: Promise<Blanket> | undefined;

  /** A number of its own for every call to this process. */
  readonly id: number;
  readonly method: string;
  readonly args: readonly Value[];

  /**
   * Which way the call came: `'system'` where COM itself made the call object and runs Begin_,
   * `'bridge'` where a synchronous call reached the server object and async-com did both.
   */
  readonly path: 'system' | 'bridge';

  /** The RPC thread that waits for the call over the bridge; `null` on the system path. */
  readonly rpcThreadId: number | null;

  #cancelled: AbortController | undefined;
  #cancelledBecause: ComError | undefined;

  /** Not for users: a server makes one for each call. @internal */
  constructor(call: NativeServerCall, method: string, args: readonly Value[]) {
    super(call);
    this.#call = call;
    this.id = call.id;
    this.method = method;
    this.args = args;
    this.path = call.path;
    this.rpcThreadId = call.rpcThreadId;
    if (call.cancelled !== null) this[cancelCall](call.cancelled);
  }

  /**
   * Aborted when nobody waits for the answer any more: pass it on to what the handler waits for. Its
   * reason is a {@link ComError}: `RPC_E_CALL_CANCELED`, the client has cancelled the call;
   * `RPC_E_CLIENT_DIED`, the client's process has ended; `CO_E_SERVER_STOPPING`, the server closes
   * and has ended the call. What the handler then returns is dropped.
   */
  get cancelled(): AbortSignal {
    if (this.#cancelled === undefined) {
      this.#cancelled = new AbortController();
      if (this.#cancelledBecause !== undefined) this.#cancelled.abort(this.#cancelledBecause);
    }
    return this.#cancelled.signal;
  }

  /** Not for users: the server's, when it is told. @internal */
  [cancelCall](hresult: number): void {
    if (this.#cancelledBecause !== undefined) return;
    this.#cancelledBecause = new ComError(whyCancelled[hresult] ?? 'the call was cancelled', {
      hresult,
    });
    this.#cancelled?.abort(this.#cancelledBecause);
  }

  /**
   * {@link queryBlanket}, asked once, when it is first read,
   * which must be before the call is signalled.
   *
   * @throws ComError - COM does not tell, or the call is over.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidlbase/nf-objidlbase-iserversecurity-queryblanket
   * @example
   * const { client, authnLevel } = await call.client; // 'DOMAIN\\ada', 'pkt-privacy'
   */
  get client(): Promise<Blanket> {
    this.#client ??= this.queryBlanket();
    return this.#client;
  }

  /**
   * Gives the client its answer now. Once this has resolved, `ISynchronize::Signal` has completed:
   * the client can no longer be impersonated, and a token that is on the thread stays there until
   * `revertToSelf()` or until Begin_ returns. A second time harms nothing: it resolves when the
   * first has, whose value stands.
   *
   * @throws TypeError - the value cannot be sent, or an option is wrong; nothing was signalled.
   * @throws ComError - Signal failed.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidlbase/nf-objidlbase-isynchronize-signal
   */
  async signal(value?: Value, options: SignalOptions = {}): Promise<void> {
    valueOf(await this.attemptSignal(value, options));
  }

  /**
   * {@link signal}, with the HRESULT as data.
   *
   * @throws TypeError - the value cannot be sent, or an option is wrong; nothing was signalled.
   */
  async attemptSignal(value?: Value, options: SignalOptions = {}): Promise<Outcome> {
    requireObject(options);
    const { thread = 'begin' }: { thread?: string } = options;
    if (thread !== 'begin' && thread !== 'completion') {
      throw new TypeError("options.thread must be 'begin' or 'completion'");
    }
    return this.#call.signal(value, thread === 'completion');
  }

  /**
   * Lets Begin_ return now, before the call is signalled. A token on its thread is taken off. From
   * then on the methods that run on the thread fail with `RPC_E_CALL_COMPLETE`;
   * {@link signal}, returning from the handler and {@link openThread} still work.
   */
  returnFromBegin(): void {
    this.#call.returnFromBegin();
  }

  /**
   * Resolves when Begin_ has returned: at once where it has.
   *
   * @throws ComError - `RPC_E_CALL_COMPLETE`: nothing was seen of its return.
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
   * A thread beside Begin_'s that holds the call's `IServerSecurity` pointer. Leave it when done.
   *
   * @throws ComError - too many threads are open (`ERROR_MAX_THRDS_REACHED`).
   */
  async openThread(): Promise<HelperThread> {
    return new HelperThread(valueOf(await this.#call.openThread()));
  }
}
