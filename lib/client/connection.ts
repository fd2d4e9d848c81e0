import { type Blanket, blanketOf } from '../security/blanket.js';
import { type BlanketOptions, nativeBlanketOptions } from '../security/blanket-options.js';
import { activate, type ConnectOptions } from './activate.js';
import { type CallOptions, requireCallOptions, settled } from './call-options.js';
import { ClientCall, requireMethod } from './client-call.js';
import { resultOf } from './call-result.js';
import { native } from '../native/addon.js';
import type { NativeConnection } from '../native/client.js';
import { valueOf } from '../errors/outcome.js';
import type { Value } from '../value/value.js';

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

  /**
   * Reads a property of a server of async-com: calls its method `get_name`.
   *
   * @param property - The name of the property, exactly as the server has it.
   * @param args - The arguments of a property that has some.
   * @returns The value.
   * @throws TypeError - As {@link call}.
   * @throws ComError - As {@link call}.
   * @example
   * await counter.get('count'); // 5
   */
  async get(property: string, ...args: Value[]): Promise<Value> {
    requireMethod(property, 'property');
    return this.call(`get_${property}`, ...args);
  }

  /**
   * Writes a property of a server of async-com: calls its method `put_name`.
   *
   * @param property - The name of the property, exactly as the server has it.
   * @param args - The arguments of a property that has some, and then the value.
   * @throws TypeError - As {@link call}.
   * @throws ComError - As {@link call}.
   * @example
   * await counter.set('count', 5);
   */
  async set(property: string, ...args: [...Value[], Value]): Promise<void> {
    requireMethod(property, 'property');
    await this.call(`put_${property}`, ...args);
  }

  async #callWith(options: CallOptions, args: Value[]): Promise<Value> {
    const { method, blanket } = options;
    const blanketToSet =
      blanket === undefined ? undefined : nativeBlanketOptions(blanket, 'options.blanket');
    const { signal, timeout } = options;
    if (signal === undefined && timeout === undefined) {
      return resultOf(await this.#native.call(method, args, blanketToSet));
    }
    return settled(options, () => this.#native.callCancellable(method, args, blanketToSet));
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
  return new Connection(await activate((...args) => native.connect(...args), name, options));
}
