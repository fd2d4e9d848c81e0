import { ClientCall, requireMethod, resultOf } from './client-call.js';
import { ComError } from './com-error.js';
import { requireClassName } from './identifiers.js';
import { native, type NativeConnection } from './native.js';
import { valueOf } from './outcome.js';
import type { Value } from './value.js';

const callCanceled = 0x80010002;

/** A method to call, with what may end the call before its answer. */
export interface CallOptions {
  readonly method: string;

  /** Cancels the call when it is aborted. */
  readonly signal?: AbortSignal;

  /** Cancels the call after this many milliseconds, a whole number up to 2147483647. */
  readonly timeout?: number;
}

/** A server object of another process, to call. Close it when done. */
export class Connection {
  readonly #native: NativeConnection;

  /** Not for users: {@link connect} makes one. */
  constructor(connection: NativeConnection) {
    this.#native = connection;
  }

  /**
   * Calls a method. The JavaScript thread does not wait.
   *
   * @param method - Its name; or its name with a `signal` or a `timeout` that cancel the call. Then
   *   the promise rejects at once with `RPC_E_CALL_CANCELED`, the reason as its `cause`; the handler
   *   is told (`call.cancelled`), and an answer that comes later is dropped.
   * @returns What the handler returned.
   * @throws TypeError - an argument cannot be sent; the message names it: `arguments[1][0] is …`.
   * @throws ComError - with `origin` `'handler'`, the handler's error; with `'call'`, why there is no
   *   answer: `DISP_E_MEMBERNOTFOUND` (no such method), `RPC_E_SERVERCALL_RETRYLATER` (too many
   *   calls in progress), `RPC_E_CALL_CANCELED`, `CO_E_SERVER_STOPPING`, `RPC_S_CALL_FAILED` (the
   *   server died during the call), `RPC_S_SERVER_UNAVAILABLE` (it was gone before).
   * @example
   * await files.call({ method: 'index', timeout: 5000 }, 'C:\\data');
   */
  async call(method: string | CallOptions, ...args: Value[]): Promise<Value> {
    if (typeof method === 'string') return resultOf(await this.#native.call(method, args));
    return this.#callWith(requireCallOptions(method), args);
  }

  async #callWith({ method, signal, timeout }: CallOptions, args: Value[]): Promise<Value> {
    const ended: AbortSignal[] = [];
    if (signal !== undefined) ended.push(signal);
    if (timeout !== undefined) ended.push(AbortSignal.timeout(timeout));
    for (const one of ended) if (one.aborted) throw cancelledBecause(one.reason);

    const { outcome, cancel } = this.#native.callCancellable(method, args);
    let reason: unknown;
    const onAbort = (event: Event): void => {
      if (cancel()) reason = (event.target as AbortSignal).reason;
    };
    for (const one of ended) one.addEventListener('abort', onAbort, { once: true });
    try {
      const settled = await outcome;
      if (reason !== undefined) throw cancelledBecause(reason);
      return resultOf(settled);
    } finally {
      for (const one of ended) one.removeEventListener('abort', onAbort);
    }
  }

  /**
   * Makes a call object, for COM's own steps: begin, wait, finish, cancel.
   *
   * @throws ComError
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidlbase/nf-objidlbase-icallfactory-createcall
   */
  async createCall(): Promise<ClientCall> {
    return new ClientCall(valueOf(await this.#native.createCall()));
  }

  /** Lets go of the server object. Calls in progress still end; later ones fail. */
  close(): void {
    this.#native.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/**
 * Connects to a server object: activates its class, on this machine.
 *
 * @param name - The CLSID in braces, or the ProgID.
 * @throws TypeError - `name` is neither.
 * @throws ComError - COM could not activate it: `REGDB_E_CLASSNOTREG`, `CO_E_CLASSSTRING` (no such
 *   ProgID).
 * @see https://learn.microsoft.com/en-us/windows/win32/api/combaseapi/nf-combaseapi-cocreateinstance
 */
export async function connect(name: string): Promise<Connection> {
  requireClassName(name, 'name');
  return new Connection(valueOf(await native.connect(name)));
}

/** @throws TypeError - an option is wrong; the message names it. */
function requireCallOptions(options: CallOptions): CallOptions {
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw new TypeError('method must be a string, or an object with method, signal and timeout');
  }
  requireMethod(options.method, 'options.method');
  const { signal, timeout } = options;
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new TypeError('options.signal must be an AbortSignal');
  }
  if (
    timeout !== undefined &&
    !(Number.isInteger(timeout) && timeout >= 0 && timeout <= 0x7fffffff)
  ) {
    throw new TypeError(
      'options.timeout must be a whole number of milliseconds, at most 2147483647',
    );
  }
  return options;
}

function cancelledBecause(reason: unknown): ComError {
  const why = reason instanceof Error ? `: ${reason.message}` : '';
  return new ComError(`the call was cancelled${why}`, { hresult: callCanceled, cause: reason });
}
