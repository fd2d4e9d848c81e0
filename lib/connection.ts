import { ComError } from './com-error.js';
import { requireClassName } from './identifiers.js';
import { native, type NativeConnection } from './native.js';
import { valueOf } from './outcome.js';
import type { Value } from './value.js';

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
   * @returns What the handler returned.
   * @throws TypeError - an argument cannot be sent; the message names it: `arguments[1][0] is …`.
   * @throws ComError - with `origin` `'handler'`, the handler's error; with `'call'`, why there is no
   *   answer: `DISP_E_MEMBERNOTFOUND` (no such method), `RPC_E_SERVERCALL_RETRYLATER` (too many
   *   calls in progress), `CO_E_SERVER_STOPPING`, `RPC_S_CALL_FAILED` (the server died during the
   *   call), `RPC_S_SERVER_UNAVAILABLE` (it was gone before).
   */
  async call(method: string, ...args: Value[]): Promise<Value> {
    if (typeof method !== 'string') throw new TypeError('method must be a string');
    const result = valueOf(await this.#native.call(method, args));
    const error = result.handlerError;
    if (error !== undefined) {
      throw new ComError(error.description, {
        hresult: error.hresult,
        origin: 'handler',
        source: error.source,
      });
    }
    return result.value;
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
