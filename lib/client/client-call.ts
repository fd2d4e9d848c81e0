import type { FinishedCall, NativeClientCall } from '../native/client.js';
import { resultOf } from './call-result.js';
import type { Outcome } from '../native/outcome.js';
import { valueOf } from '../errors/outcome.js';
import type { Value } from '../value/value.js';
import { hresults } from '../errors/hresults.js';

const infinite = 0xffffffff;

/**
 * A call that its client makes in COM's own steps: begin, do other work, wait, finish.
 * {@link Connection.createCall} makes it. It makes one call at a time, and can be used again after
 * {@link finish}. Release it when it is no longer needed. {@link Connection.call} is the short way
 * to make a call.
 *
 * If the proxy has `ICallFactory`, the COM object behind it is the system's call object. Otherwise
 * it is an object of async-com that keeps the same promises.
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
  // Steps run on several threads. A step that comes after begin() must not overtake it.
  #begun: Promise<unknown> = Promise.resolve();

  /** @internal */
  constructor(call: NativeClientCall) {
    this.#call = call;
  }

  /**
   * Sends the call and does not wait for its answer: COM's `Begin_Call`.
   *
   * With the system's call object, the promise resolves when COM has sent the call. With
   * async-com's call object, it resolves when the call has been handed to the thread that makes it.
   * {@link finish} then reports why a call did not reach the server: the server no longer runs or
   * has too many calls in progress (`RPC_E_SERVERCALL_RETRYLATER`), or COM refuses the blanket.
   *
   * @param method - The name of the method, exactly as the server has it.
   * @param args - The arguments.
   * @throws TypeError - When `method` is not a string, or an argument cannot be sent. The message
   *   names the argument.
   * @throws ComError - When a call is in progress, or was cancelled but not finished
   *   (`RPC_S_CALLPENDING`). When the object was released (`CO_E_RELEASED`). From the system's call
   *   object, also when COM could not send the call.
   * @see https://learn.microsoft.com/en-us/windows/win32/com/making-an-asynchronous-call
   */
  async begin(method: string, ...args: Value[]): Promise<void> {
    valueOf(await this.attemptBegin(method, ...args));
  }

  /**
   * Does the same as {@link begin}, and returns the HRESULT as data.
   *
   * @param method - The name of the method, exactly as the server has it.
   * @param args - The arguments.
   * @returns The outcome of `Begin_Call`. Its `hresult` can be a failure.
   * @throws TypeError - When `method` is not a string, or an argument cannot be sent. The message
   *   names the argument.
   */
  async attemptBegin(method: string, ...args: Value[]): Promise<Outcome> {
    requireMethod(method);
    const begun = this.#call.begin(method, args);
    this.#begun = begun;
    return begun;
  }

  /**
   * Waits until the call is complete, but not longer than `milliseconds`: COM's
   * `ISynchronize::Wait`. It can be called any number of times, also while another wait goes on.
   *
   * @param milliseconds - How long to wait, in milliseconds: 0 to 4294967294, or `Infinity`.
   *   Default `Infinity`. Fractions are rounded up.
   * @returns `true` when the call is complete. `false` when the time was too short
   *   (`RPC_S_CALLPENDING`).
   * @throws TypeError - When `milliseconds` is not such a number.
   * @throws ComError - When there is no call in progress (`RPC_E_CALL_COMPLETE`). The system's call
   *   object may answer differently then: it is expected to return `true` after {@link finish}, and
   *   what it returns before {@link begin} is not documented. If it would wait without end,
   *   `wait()` throws this error.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidlbase/nf-objidlbase-isynchronize-wait
   */
  async wait(milliseconds = Infinity): Promise<boolean> {
    const waited = await this.attemptWait(milliseconds);
    if (waited.hresult === hresults.RPC_S_CALLPENDING) return false;
    valueOf(waited);
    return true;
  }

  /**
   * Does the same as {@link wait}, and returns the HRESULT as data.
   *
   * @param milliseconds - How long to wait, in milliseconds: 0 to 4294967294, or `Infinity`.
   *   Default `Infinity`. Fractions are rounded up.
   * @returns The outcome of `ISynchronize::Wait`. Its `hresult` can be a failure.
   * @throws TypeError - When `milliseconds` is not such a number.
   */
  async attemptWait(milliseconds = Infinity): Promise<Outcome> {
    const isTime = milliseconds >= 0 && (milliseconds <= infinite - 1 || milliseconds === Infinity);
    if (typeof milliseconds !== 'number' || !isTime) {
      throw new TypeError('milliseconds must be a number from 0 to 4294967294, or Infinity');
    }
    await this.#begun;
    return this.#call.wait(milliseconds === Infinity ? infinite : Math.ceil(milliseconds));
  }

  /**
   * Returns the result of the call: COM's `Finish_Call`. If the call is not complete yet, waits
   * until it is.
   *
   * @returns What the handler returned.
   * @throws ComError - With `origin` `'handler'`, the handler's error. With `origin` `'call'`, the
   *   reason why there is no answer: no call is in progress (`RPC_E_CALL_COMPLETE`), the call was
   *   cancelled (`RPC_E_CALL_CANCELED`), the object was released (`CO_E_RELEASED`), or a reason
   *   that {@link Connection.call} lists.
   * @throws TypeError - When JavaScript has no type for what the handler returned.
   * @see https://learn.microsoft.com/en-us/windows/win32/com/making-an-asynchronous-call
   */
  async finish(): Promise<Value> {
    return resultOf(await this.attemptFinish());
  }

  /**
   * Does the same as {@link finish}, and returns the HRESULT of `Finish_Call` as data.
   *
   * @returns The outcome of `Finish_Call`. Its `hresult` can be a failure. If it is a success,
   *   `value` has the handler's result or error.
   * @throws TypeError - When JavaScript has no type for what the handler returned.
   */
  async attemptFinish(): Promise<Outcome<FinishedCall>> {
    await this.#begun;
    return this.#call.finish();
  }

  /**
   * Cancels the call: COM's `ICancelMethodCalls::Cancel`. The call ends at once for its client, and
   * the server's handler sees {@link ServerCall.cancelled}. {@link finish} then fails with
   * `RPC_E_CALL_CANCELED`. It must be called before the next {@link begin}.
   *
   * @param seconds - How long the server may still take to answer before the call is cancelled, in
   *   whole seconds from 0 to 4294967295. Default 0.
   * @returns `true` when the call was cancelled. `false` when it was already complete.
   * @throws TypeError - When `seconds` is not such a number.
   * @throws ComError - When the call was cancelled before (`RPC_S_CALL_CANCELLED`).
   * @see https://learn.microsoft.com/en-us/windows/win32/com/canceling-an-asynchronous-call
   */
  async cancel(seconds = 0): Promise<boolean> {
    const cancelled = await this.attemptCancel(seconds);
    if (cancelled.code === 'RPC_E_CALL_COMPLETE') return false;
    valueOf(cancelled);
    return true;
  }

  /**
   * Does the same as {@link cancel}, and returns the HRESULT as data.
   *
   * @param seconds - How long the server may still take to answer before the call is cancelled, in
   *   whole seconds from 0 to 4294967295. Default 0.
   * @returns The outcome of `ICancelMethodCalls::Cancel`. Its `hresult` can be a failure.
   * @throws TypeError - When `seconds` is not such a number.
   */
  async attemptCancel(seconds = 0): Promise<Outcome> {
    if (!Number.isInteger(seconds) || seconds < 0 || seconds > 0xffffffff) {
      throw new TypeError('seconds must be a whole number from 0 to 4294967295');
    }
    await this.#begun;
    return this.#call.cancel(seconds);
  }

  /**
   * Releases the call object. A call in progress goes on at the server, and its result is dropped.
   * To release it again has no effect.
   */
  release(): void {
    this.#call.release();
  }

  /** Calls {@link release}. */
  [Symbol.dispose](): void {
    this.release();
  }
}

/**
 * Checks that the name of a method is a string.
 *
 * @throws TypeError - When `method` is not a string. The message begins with `name`.
 */
export function requireMethod(method: unknown, name = 'method'): asserts method is string {
  if (typeof method !== 'string') throw new TypeError(`${name} must be a string`);
}
