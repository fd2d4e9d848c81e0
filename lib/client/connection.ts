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

/** Where to connect to, and how calls are made. */
export interface ConnectOptions {
  /**
   * The computer that has the server: its name or address. Default: this one, which has other names
   * too: `'localhost'`, and its own.
   */
  readonly host?: string;

  /** How the connection's calls are made. Default: as the process's security has it. */
  readonly blanket?: BlanketOptions;
}

/** One call, in more than its method's name. */
export interface CallOptions {
  readonly method: string;

  /** Cancels the call when it is aborted. */
  readonly signal?: AbortSignal;

  /** Cancels the call after this many milliseconds, a whole number up to 2147483647. */
  readonly timeout?: number;

  /** How this call is made; the connection's own blanket stays as it is. */
  readonly blanket?: BlanketOptions;
}

/** A server object of another process, to call. Close it when done. */
export class Connection {
  readonly #native: NativeConnection;

  /** Not for users: {@link connect} makes one. @internal */
  constructor(connection: NativeConnection) {
    this.#native = connection;
  }

  /**
   * Calls a method. The JavaScript thread does not wait.
   *
   * @param method - Its name; or its name with options. When a `signal` or a `timeout` cancels the
   *   call, the promise rejects at once with `RPC_E_CALL_CANCELED`, the reason as its `cause`; the handler
   *   is told (`call.cancelled`), and an answer that comes later is dropped.
   * @returns What the handler returned.
   * @throws TypeError - an argument cannot be sent; the message names it: `arguments[1][0] is …`. Or
   *   an option is wrong.
   * @throws ComError - with `origin` `'handler'`, the handler's error; with `'call'`, why there is no
   *   answer: `DISP_E_MEMBERNOTFOUND` (no such method), `RPC_E_SERVERCALL_RETRYLATER` (too many
   *   calls in progress), `RPC_E_CALL_CANCELED`, `CO_E_SERVER_STOPPING`, `RPC_S_CALL_FAILED` (the
   *   server died during the call), `RPC_S_SERVER_UNAVAILABLE` (it was gone before),
   *   `CO_E_OBJNOTCONNECTED` (the connection is closed). With `options.blanket`, also what COM
   *   refuses of it: `E_NOINTERFACE` where the server is in this process, so that there is no proxy.
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
    const wanted =
      blanket === undefined ? undefined : nativeBlanketOptions(blanket, 'options.blanket');
    const ended: AbortSignal[] = [];
    if (signal !== undefined) ended.push(signal);
    if (timeout !== undefined) ended.push(AbortSignal.timeout(timeout));
    if (ended.length === 0) return resultOf(await this.#native.call(method, args, wanted));
    for (const one of ended) if (one.aborted) throw cancelledBecause(one.reason);

    const { outcome, cancel } = this.#native.callCancellable(method, args, wanted);
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
   * @throws ComError - COM made none; `CO_E_OBJNOTCONNECTED`: the connection is closed.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidlbase/nf-objidlbase-icallfactory-createcall
   */
  async createCall(): Promise<ClientCall> {
    return new ClientCall(valueOf(await this.#native.createCall()));
  }

  /**
   * Sets how calls are made from here on. Calls in progress, and other connections to the same
   * object, keep their own.
   *
   * @throws TypeError - an option is wrong; the message names it.
   * @throws ComError - COM refused it, and nothing has changed: `E_NOINTERFACE` where the server is in
   *   this process, so that there is no proxy, `CO_E_OBJNOTCONNECTED` where the connection is closed.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidl/nf-objidl-iclientsecurity-setblanket
   */
  async setBlanket(blanket: BlanketOptions): Promise<void> {
    valueOf(await this.#native.setBlanket(nativeBlanketOptions(blanket, 'blanket')));
  }

  /**
   * How calls are made.
   *
   * @throws ComError - COM does not tell; `CO_E_OBJNOTCONNECTED`: the connection is closed.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/objidl/nf-objidl-iclientsecurity-queryblanket
   */
  async queryBlanket(): Promise<Blanket> {
    return blanketOf(valueOf(await this.#native.queryBlanket()));
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
 * Connects to a server object: activates its class, on this computer or on another.
 *
 * @param name - The CLSID in braces, or the ProgID. (A ProgID is looked up on this computer.)
 * @throws TypeError - `name` is neither, or an option is wrong; the message names it.
 * @throws ComError - COM could not activate it: `REGDB_E_CLASSNOTREG`, `CO_E_CLASSSTRING` (no such
 *   ProgID), `E_ACCESSDENIED`, on another computer also `RPC_S_SERVER_UNAVAILABLE` (it cannot be
 *   reached); or it could not set the blanket.
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
  const wanted =
    blanket === undefined ? undefined : nativeBlanketOptions(blanket, 'options.blanket');
  const outcome = await native.connect(name, host, wanted);
  if (host === undefined || !isFailure(outcome.hresult)) return new Connection(valueOf(outcome));
  const { message, hresult } = errorOf(outcome);
  throw new ComError(`${message}, on the host '${host}'`, { hresult });
}

function requireHost(host: unknown): void {
  if (typeof host !== 'string' || !/^[^\s\0]+$/.test(host)) {
    throw new TypeError("options.host must be a computer's name or address, 'server1.example.com'");
  }
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
  return new ComError(`the call was cancelled${why}`, {
    hresult: hresults.RPC_E_CALL_CANCELED,
    cause: reason,
  });
}
