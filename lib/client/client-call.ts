import type { FinishedCall, NativeClientCall } from '../native/client.js';
import { resultOf } from './call-result.js';
import type { Outcome } from '../native/outcome.js';
import { valueOf } from '../errors/outcome.js';
import type { Value } from '../value/value.js';
import { hresults } from '../errors/hresults.js';

const infinite = 0xffffffff;

/**
 * A client's call object, to be used as COM's own steps have it: begin, do other work, wait, finish.
 * It makes one call at a time, and can be used again after `finish()`. Release it when done.
 *
 * Where the proxy has `ICallFactory` it is the system's call object; elsewhere it is one of ours
 * that keeps the same promises. {@link Connection.call} is the short way.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/com/making-an-asynchronous-call
 * @example
 * using call = await connection.createCall();
 * await call.begin('add', 2, 3);
 * while (!(await call.wait(100))) console.log('still waiting');
 * console.log(await call.finish()); // 5
 */
export class ClientCall {
  readonly #call: NativeClientCall;
  // Steps go to threads of their own: what is asked for after begin() must not overtake it.
  #begun: Promise<unknown> = Promise.resolve();

  /** Not for users: {@link Connection.createCall} makes one. @internal */
  constructor(call: NativeClientCall) {
    this.#call = call;
  }

  /**
   * `Begin_Call`: sends the call, and does not wait for its answer. The system's call object resolves
   * once COM has sent it. Ours resolves when the call is on its way to a thread that makes it, and
   * what keeps it from the server comes from {@link finish}: a server that has gone or has too many
   * calls in progress (`RPC_E_SERVERCALL_RETRYLATER`), a blanket that COM refuses.
   *
   * @throws TypeError - `method` is no string, or an argument cannot be sent; the message names it.
   * @throws ComError - a call is in progress, or cancelled but not finished (`RPC_S_CALLPENDING`);
   *   the object was released (`CO_E_RELEASED`); from the system's call object also: COM could not
   *   send it.
   * @see https://learn.microsoft.com/en-us/windows/win32/com/making-an-asynchronous-call
   */
  async begin(method: string, ...args: Value[]): Promise<void> {
    valueOf(await this.attemptBegin(method, ...args));
  }

  /**
   * {@link begin}, with the HRESULT as data.
   *
   * @throws TypeError - `method` is no string, or an argument cannot be sent; the message names it.
   */
  async attemptBegin(method: string, ...args: Value[]): Promise<Outcome> {
    requireMethod(method);
    const begun = this.#call.begin(method, args);
    this.#begun = begun;
    return begun;
  }

  /**
   * `ISynchronize::Wait`: whether the call is complete, after at most `milliseconds`. May be asked
   * again and again, also while another wait goes on.
   *
   * @param milliseconds - 0 to 4294967294, or `Infinity`, the default.
   * @returns `false` where the time was too short (`RPC_S_CALLPENDING`).
   * @throws TypeError - `milliseconds` is not a time.
   * @throws ComError - there is no call in progress (`RPC_E_CALL_COMPLETE`, from our call object).
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidlbase/nf-objidlbase-isynchronize-wait
   */
  async wait(milliseconds = Infinity): Promise<boolean> {
    const waited = await this.attemptWait(milliseconds);
    if (waited.hresult === hresults.RPC_S_CALLPENDING) return false;
    valueOf(waited);
    return true;
  }

  /** {@link wait}, with the HRESULT as data. @throws TypeError - `milliseconds` is not a time. */
  async attemptWait(milliseconds = Infinity): Promise<Outcome> {
    const time = milliseconds === Infinity ? infinite : Math.ceil(milliseconds);
    if (typeof milliseconds !== 'number' || !(time >= 0 && time <= infinite)) {
      throw new TypeError('milliseconds must be a number from 0 to 4294967294, or Infinity');
    }
    await this.#begun;
    return this.#call.wait(time);
  }

  /**
   * `Finish_Call`: the result, as the synchronous call would have given it. Waits where the call is
   * not complete yet.
   *
   * @throws ComError - with `origin` `'handler'`, the handler's error; with `'call'`, why there is no
   *   answer: no call in progress (`RPC_E_CALL_COMPLETE`), cancelled (`RPC_E_CALL_CANCELED`), the
   *   object was released (`CO_E_RELEASED`), or what {@link Connection.call} says.
   * @throws TypeError - what the handler returned is nothing that JavaScript has.
   */
  async finish(): Promise<Value> {
    return resultOf(await this.attemptFinish());
  }

  /**
   * {@link finish}, with the HRESULT of Finish_Call as data.
   *
   * @throws TypeError - what the handler returned is nothing that JavaScript has.
   */
  async attemptFinish(): Promise<Outcome<FinishedCall>> {
    await this.#begun;
    return this.#call.finish();
  }

  /**
   * `ICancelMethodCalls::Cancel`: ends the call for its client at once, and tells the server, whose
   * handler sees it as `call.cancelled`. `finish()` then fails with `RPC_E_CALL_CANCELED`, and must
   * be called before the next `begin()`.
   *
   * @param seconds - How long the server still has to answer, before the call is cancelled; whole
   *   seconds, default 0.
   * @returns `false` where the call was complete already.
   * @throws TypeError - `seconds` is not a whole number from 0 to 4294967295.
   * @throws ComError - it was cancelled before (`RPC_S_CALL_CANCELLED`).
   * @see https://learn.microsoft.com/en-us/windows/win32/com/canceling-an-asynchronous-call
   */
  async cancel(seconds = 0): Promise<boolean> {
    const cancelled = await this.attemptCancel(seconds);
    if (cancelled.code === 'RPC_E_CALL_COMPLETE') return false;
    valueOf(cancelled);
    return true;
  }

  /**
   * {@link cancel}, with the HRESULT as data.
   *
   * @throws TypeError - `seconds` is not a whole number from 0 to 4294967295.
   */
  async attemptCancel(seconds = 0): Promise<Outcome> {
    if (!Number.isInteger(seconds) || seconds < 0 || seconds > 0xffffffff) {
      throw new TypeError('seconds must be a whole number from 0 to 4294967295');
    }
    await this.#begun;
    return this.#call.cancel(seconds);
  }

  /**
   * Lets go of the call object. A call in progress goes on at the server, and its result is dropped.
   * A second time does nothing.
   */
  release(): void {
    this.#call.release();
  }

  [Symbol.dispose](): void {
    this.release();
  }
}

/** @throws TypeError */
export function requireMethod(method: unknown, name = 'method'): asserts method is string {
  if (typeof method !== 'string') throw new TypeError(`${name} must be a string`);
}
