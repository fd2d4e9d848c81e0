import { type Blanket, blanketOf } from '../security/blanket.js';
import { type BlanketOptions, nativeBlanketOptions } from '../security/blanket-options.js';
import { ClientCall, requireMethod } from './client-call.js';
import { resultOf } from './call-result.js';
import { ComError, isFailure } from '../errors/com-error.js';
import { requireClassName } from '../value/identifiers.js';
import { native } from '../native/addon.js';
import type { NativeConnection } from '../native/client.js';
import { requireObject } from '../errors/arguments.js';
import { errorOf, valueOf } from '../errors/outcome.js';
import type { Value } from '../value/value.js';
import { hresults } from '../errors/hresults.js';

/** The options of {@link connect}: on which computer the server is, and the security of calls. */
export interface ConnectOptions {
  /**
   * The name or the address of the computer on which the server is. Default: this computer.
   * `'localhost'` and this computer's own names are this computer as well.
   */
  readonly host?: string;

  /** How the connection's calls are made. Default: as the security of the process says. */
  readonly blanket?: BlanketOptions;
}

/** The options of one call, for {@link Connection.call}. */
export interface CallOptions {
  /** The name of the method, exactly as the server has it. */
  readonly method: string;

  /** A signal that cancels the call when it is aborted. Default: no signal. */
  readonly signal?: AbortSignal;

  /**
   * The time after which the call is cancelled, in milliseconds: a whole number from 0 to
   * 2147483647. Default: no limit.
   */
  readonly timeout?: number;

  /**
   * How this call is made. The connection's own blanket stays as it is. Default: as the
   * connection's blanket says.
   */
  readonly blanket?: BlanketOptions;
}

/**
 * A server object as its client has it. {@link connect} makes it. Close it when it is no longer
 * needed.
 *
 * @example
 * using files = await connect('Acme.Files');
 * await files.call('add', 2, 3); // 5
 */
export class Connection {
  readonly #native: NativeConnection;

  /** @internal */
  constructor(connection: NativeConnection) {
    this.#native = connection;
  }

  /**
   * Calls a method. The JavaScript thread does not wait.
   *
   * When a `signal` or a `timeout` cancels the call, the promise rejects at once with
   * `RPC_E_CALL_CANCELED`. The `cause` of the error is the reason of the signal. The server's
   * handler sees {@link ServerCall.cancelled}, and an answer that comes later is dropped.
   *
   * @param method - The name of the method, exactly as the server has it, or the name with options.
   * @param args - The arguments.
   * @returns What the handler returned.
   * @throws TypeError - When an argument cannot be sent. The message names it:
   *   `arguments[1][0] is …`. Also when an option is wrong, and when JavaScript has no type for
   *   what the handler returned.
   * @throws ComError - With `origin` `'handler'`, the handler's error. With `origin` `'call'`, the
   *   reason why there is no answer:
   *
   *   - `DISP_E_MEMBERNOTFOUND`: the server has no such method.
   *   - `DISP_E_BADPARAMCOUNT`: the call has more than 10,000 arguments.
   *   - `RPC_E_SERVERCALL_RETRYLATER`: the server has too many calls in progress.
   *   - `RPC_E_CALL_CANCELED`: the call was cancelled.
   *   - `CO_E_SERVER_STOPPING`: the server is closing, or its process exits.
   *   - `RPC_S_CALL_FAILED`: the server's process crashed or was killed during the call.
   *   - `RPC_S_SERVER_UNAVAILABLE`, `RPC_E_DISCONNECTED`: the server's process had ended before the
   *     call.
   *   - `CO_E_OBJNOTCONNECTED`: the connection is closed.
   *   - With `options.blanket`, also the error with which COM refuses it: `E_NOINTERFACE` if the
   *     server is in this process, because there is no proxy then.
   * @see https://learn.microsoft.com/en-us/windows/win32/com/making-an-asynchronous-call
   * @example
   * await files.call({ method: 'index', timeout: 5000 }, 'C:\\data');
   */
  async call(method: string | CallOptions, ...args: Value[]): Promise<Value> {
    if (typeof method === 'string') return resultOf(await this.#native.call(method, args));
    return this.#callWith(requireCallOptions(method), args);
  }

  async #callWith(
    { method, signal, timeout, blanket }: CallOptions,
    args: Value[],
  ): Promise<Value> {
    const blanketToSet =
      blanket === undefined ? undefined : nativeBlanketOptions(blanket, 'options.blanket');
    const signals: AbortSignal[] = [];
    if (signal !== undefined) signals.push(signal);
    if (timeout !== undefined) signals.push(AbortSignal.timeout(timeout));
    if (signals.length === 0) return resultOf(await this.#native.call(method, args, blanketToSet));
    for (const { aborted, reason } of signals) if (aborted) throw cancelledBecause(reason);

    const { outcome, cancel } = this.#native.callCancellable(method, args, blanketToSet);
    let reason: unknown;
    const onAbort = (event: Event): void => {
      if (cancel()) reason = (event.target as AbortSignal).reason;
    };
    for (const one of signals) one.addEventListener('abort', onAbort, { once: true });
    try {
      const settled = await outcome;
      if (reason !== undefined) throw cancelledBecause(reason);
      return resultOf(settled);
    } finally {
      for (const one of signals) one.removeEventListener('abort', onAbort);
    }
  }

  /**
   * Makes a call object for COM's own steps: begin, wait, finish, cancel.
   *
   * @returns The call object. Call {@link ClientCall.release} when it is no longer needed.
   * @throws ComError - When COM does not make a call object, or the connection is closed
   *   (`CO_E_OBJNOTCONNECTED`).
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidlbase/nf-objidlbase-icallfactory-createcall
   */
  async createCall(): Promise<ClientCall> {
    return new ClientCall(valueOf(await this.#native.createCall()));
  }

  /**
   * Sets the security of later calls. Calls in progress, and other connections to the same
   * server object, keep their blankets.
   *
   * @param blanket - The settings to change. A setting that is left out stays as it is.
   * @throws TypeError - When a setting is wrong. The message names it.
   * @throws ComError - When COM refuses the blanket. Nothing has changed then. `E_NOINTERFACE`: the
   *   server is in this process, so there is no proxy. `CO_E_OBJNOTCONNECTED`: the connection is
   *   closed.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidl/nf-objidl-iclientsecurity-setblanket
   */
  async setBlanket(blanket: BlanketOptions): Promise<void> {
    valueOf(await this.#native.setBlanket(nativeBlanketOptions(blanket, 'blanket')));
  }

  /**
   * Returns the security settings of the calls.
   *
   * @returns The connection's blanket. Its `client` is `null`.
   * @throws ComError - When COM does not tell, or the connection is closed
   *   (`CO_E_OBJNOTCONNECTED`).
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidl/nf-objidl-iclientsecurity-queryblanket
   */
  async queryBlanket(): Promise<Blanket> {
    return blanketOf(valueOf(await this.#native.queryBlanket()));
  }

  /**
   * Releases the server object. Calls in progress are still answered. Later calls fail with
   * `CO_E_OBJNOTCONNECTED`.
   */
  close(): void {
    this.#native.close();
  }

  /** Calls {@link close}. */
  [Symbol.dispose](): void {
    this.close();
  }
}

/**
 * Connects to a server object: activates its class, on this computer or on another one.
 *
 * @param name - The CLSID in braces, or the ProgID. A ProgID is looked up on this computer.
 * @param options - On which computer the server is, and the security of calls.
 * @returns The connection. Call {@link Connection.close} when it is no longer needed.
 * @throws TypeError - When `name` is neither a CLSID nor a ProgID, or an option is wrong. The
 *   message names the argument.
 * @throws ComError - When COM cannot activate the class:
 *
 *   - `REGDB_E_CLASSNOTREG`: the class is not registered.
 *   - `CO_E_CLASSSTRING`: there is no such ProgID.
 *   - `E_ACCESSDENIED`: this account may not start or call the server.
 *   - `RPC_S_SERVER_UNAVAILABLE`: another computer cannot be reached.
 *
 *   Also when COM cannot set the blanket.
 * @throws Error - When COM cannot be used on this system. Its `code` is `'ERR_ASYNC_COM_PLATFORM'`.
 * @see https://learn.microsoft.com/en-us/windows/win32/api/combaseapi/nf-combaseapi-cocreateinstanceex
 * @example
 * // The server may act as this client.
 * const files = await connect('Acme.Files', { blanket: { impersonationLevel: 'impersonate' } });
 */
export async function connect(name: string, options: ConnectOptions = {}): Promise<Connection> {
  requireClassName(name, 'name');
  requireObject(options);
  const { host, blanket } = options;
  if (host !== undefined) requireHost(host);
  const blanketToSet =
    blanket === undefined ? undefined : nativeBlanketOptions(blanket, 'options.blanket');
  const outcome = await native.connect(name, host, blanketToSet);
  if (!isFailure(outcome.hresult)) return new Connection(valueOf(outcome));
  const { message, hresult } = errorOf(outcome);
  const where = host === undefined ? '' : ` on the host '${host}'`;
  throw new ComError(`cannot connect to ${name}${where}: ${message}`, { hresult });
}

function requireHost(host: unknown): void {
  if (typeof host !== 'string' || !/^[^\s\0]+$/.test(host)) {
    throw new TypeError(
      "options.host must be a computer's name or address, such as 'server1.example.com'",
    );
  }
}

/**
 * Checks the options of a call.
 *
 * @throws TypeError - When an option is wrong. The message names it.
 */
function requireCallOptions(options: CallOptions): CallOptions {
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw new TypeError(
      'method must be a string, or an object with method and, optionally, signal, timeout and blanket',
    );
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
      'options.timeout must be a whole number of milliseconds from 0 to 2147483647',
    );
  }
  return options;
}

function cancelledBecause(reason: unknown): ComError {
  const why = reason instanceof Error ? `: ${reason.message}` : '';
  return new ComError(`the call was cancelled${why}`, {
    hresult: hresults.RPC_E_CALL_CANCELED,
    cause: reason,
  });
}
