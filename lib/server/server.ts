import { EventEmitter } from 'node:events';

import { messageOf } from '../errors/message.js';
import { emitSafely } from '../errors/uncaught.js';
import { isFailure } from '../errors/com-error.js';
import { requireClsid, requireProgId } from '../value/identifiers.js';
import { native } from '../native/addon.js';
import type { NativeServerCall, NativeServer } from '../native/server.js';
import { requireObject } from '../errors/arguments.js';
import { errorOf, valueOf } from '../errors/outcome.js';
import type { Outcome } from '../native/outcome.js';
import { cancelCall, ServerCall } from './server-call.js';
import type { Value } from '../value/value.js';
import { hresults } from '../errors/hresults.js';

/**
 * A function that answers one method of a server. Its result is what the function returns, or the
 * value of the promise that it returns. If it throws or the promise rejects, the client gets an
 * error with the same message. Its HRESULT is the error's `hresult`, as a {@link ComError} has one,
 * or otherwise `E_FAIL`. If the result cannot be sent, the HRESULT is `DISP_E_TYPEMISMATCH`.
 *
 * @param call - The call.
 * @param args - The arguments that the client sent, in their order. Their number and their types are
 *   not checked: a client can send any {@link Value}. Only a call with more than 10,000 arguments does
 *   not reach the handler: the client gets `DISP_E_BADPARAMCOUNT`. (An array has no such limit.)
 * @returns The result that the client gets, or a promise of it.
 * @example
 * const add: Handler = (call, a: number, b: number) => a + b;
 */
export type Handler = (call: ServerCall, ...args: never[]) => Value | void | Promise<Value | void>;

/**
 * The highest number of arguments of a call. JavaScript passes arguments on the stack, and a handler
 * may pass them on several times.
 */
const mostArguments = 10_000;

/** The options of {@link createServer}. */
export interface ServerOptions {
  /** The CLSID of the class that clients activate, in braces. */
  readonly clsid: string;

  /**
   * The handlers, by the names of their methods. Clients must use a name exactly as it is written
   * here. Only late-bound clients may write it in other letters, upper or lower case. For them the
   * order counts, too: the first method has DISPID 1, the second DISPID 2.
   */
  readonly methods: Readonly<Record<string, Handler>>;

  /**
   * The ProgID: a name that clients may use instead of the CLSID, with a full stop and at most 39
   * characters. {@link register} registers it with a version and without one: `'Acme.Files.2'` also
   * as `'Acme.Files'`, and `'Acme.Files'`, which is version 1, also as `'Acme.Files.1'`. Default:
   * no ProgID.
   *
   * @see https://learn.microsoft.com/en-us/windows/win32/com/-progid--key
   */
  readonly progId?: string;

  /**
   * The server's name. Clients get it as {@link ComError.source} when a handler fails, and tools
   * show it for the class. Default: the ProgID, or the CLSID if there is no ProgID.
   */
  readonly name?: string;

  /**
   * The highest number of calls that may wait for their answer at the same time: a whole number
   * from 1 to 400. Default 256. A further caller gets `RPC_E_SERVERCALL_RETRYLATER` at once. It
   * does not wait, because calls that wait for each other in a queue could deadlock. (Together with
   * calls whose Begin_ still runs after the answer, there may be 400 calls at most.)
   */
  readonly maxCalls?: number;

  /**
   * Whether Begin_ stays on its thread until the handler has settled. The handler can then use that
   * thread, for example to impersonate the client. Default `true`. Use `false` for handlers that
   * need no thread.
   */
  readonly holdBegin?: boolean;

  /**
   * Whether the server has a call object for asynchronous calls. Default `true`. With `false`, the
   * server has only the synchronous method, and COM makes every call a synchronous one, over the
   * bridge. That is for tests of clients.
   */
  readonly callObject?: boolean;
}

/** The options of {@link Server.listen}. */
export interface ListenOptions {
  /**
   * Whether COM started this process. Use {@link serve} in such a process: it also does the other
   * work that is needed there. COM then hands out the class only when every class of the process is
   * registered, and the server emits `'unused'` when the process has no object and no lock any
   * more. Default `false`.
   */
  readonly embedding?: boolean;
}

/** The options of {@link Server.close} and {@link ServerHost.close}. */
export interface CloseOptions {
  /**
   * How long calls in progress may go on, in milliseconds, 0 or more. Default 5000. With
   * `Infinity`, they may go on for as long as they take. (Other times above 2147483647, 24 days,
   * count as 2147483647.)
   */
  readonly timeout?: number;
}

/**
 * The events of a {@link Server}, with the arguments of their listeners. An exception from a
 * listener does not make a call fail: it becomes an uncaught exception.
 */
export interface ServerEvents {
  /** The class is registered: {@link Server.listen} is about to resolve. */
  listening: [];

  /** A call has arrived, and its handler is about to run. */
  call: [call: ServerCall];

  /**
   * A handler has thrown or its promise has rejected, or the value that it returned cannot be sent.
   * The client gets this as an error, unless the call was signalled or ended before. Without a
   * listener, the server does not report such errors anywhere else.
   */
  handlerError: [error: unknown, call: ServerCall];

  /** The process has no object and no lock any more. Only with {@link ListenOptions.embedding}. */
  unused: [];

  /** The server is closed: {@link Server.close} is about to resolve. */
  close: [];
}

/**
 * A COM server: one COM class whose methods are JavaScript functions. {@link createServer} makes it.
 * Its events are those of {@link ServerEvents}.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/com/com-clients-and-servers
 * @example
 * const server = createServer({
 *   clsid: '{7B0F7C7E-3F0B-4C55-8E2D-6C9B2B0B7E11}',
 *   methods: { add: (call, a: number, b: number) => a + b },
 * });
 * await server.listen();
 */
export class Server extends EventEmitter<ServerEvents> {
  /** The CLSID of the class, in braces. */
  readonly clsid: string;

  /** The ProgID, as it is in the options. `null` if there is none. */
  readonly progId: string | null;

  /** The server's name. Clients get it as {@link ComError.source} when a handler fails. */
  readonly name: string;

  readonly #methods: ReadonlyMap<string, Handler>;
  readonly #holdBegin: boolean;
  readonly #native: NativeServer;
  readonly #idle = withResolvers();
  /** The calls whose handlers have not settled, by their ids. */
  readonly #running = new Map<number, ServerCall>();
  #state: 'new' | 'listening' | 'closed' = 'new';
  /** The time when close() ends the calls in progress, on the clock of `performance.now()`. */
  #deadline = Infinity;
  #deadlineTimer: NodeJS.Timeout | undefined;
  #registration: Promise<Outcome> | undefined;
  #closed: Promise<void> | undefined;
  #referenced = true;

  /**
   * Makes a server, as {@link createServer} does.
   *
   * @param options - The CLSID, the methods, and other options.
   * @throws TypeError - When an option is wrong. The message names it.
   */
  constructor(options: ServerOptions) {
    super();
    requireOptions(options);
    this.clsid = options.clsid;
    this.progId = options.progId ?? null;
    this.name = options.name ?? options.progId ?? options.clsid;
    this.#methods = new Map(Object.entries(options.methods));
    this.#holdBegin = options.holdBegin ?? true;
    this.#native = new native.Server(
      options.clsid,
      options.maxCalls ?? 256,
      (call, method, args) => {
        this.#answer(call, method, args);
      },
      (id, hresult) => {
        this.#running.get(id)?.[cancelCall](hresult);
      },
      () => {
        this.#idle.resolve();
      },
      () => {
        emitSafely(() => this.emit('unused'));
      },
      options.callObject ?? true,
      [...this.#methods.keys()],
    );
  }

  /** The number of calls that are not answered yet, or whose Begin_ still runs. */
  get callsInProgress(): number {
    return this.#native.callsInProgress;
  }

  /**
   * Registers the class object with COM. From now on, clients in other processes can activate the
   * class. The process stays alive until {@link close}, unless {@link unref} was called.
   *
   * @param options - How the server listens.
   * @returns This server.
   * @throws TypeError - When an option is wrong. The message names it.
   * @throws Error - When the server already listens, or was closed, even while this method waited.
   * @throws ComError - When this process has already registered the class (`CO_E_OBJISREG`), also with
   *   another copy of async-com, or COM refuses the registration.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/combaseapi/nf-combaseapi-coregisterclassobject
   */
  async listen(options: ListenOptions = {}): Promise<this> {
    requireObject(options);
    const { embedding = false } = options;
    if (typeof embedding !== 'boolean') throw new TypeError('options.embedding must be a boolean');
    if (this.#state !== 'new') throw new Error(`the server is ${this.#state} already`);
    this.#state = 'listening';
    if (this.#referenced) this.#native.hold();
    this.#registration = this.#native.listen(embedding);
    const registered = await this.#registration;
    if (this.#isClosed()) throw new Error('the server was closed before it listened');
    if (isFailure(registered.hresult)) {
      this.#state = 'new';
      if (this.#referenced) this.#native.letGo();
      throw errorOf(registered);
    }
    emitSafely(() => this.emit('listening'));
    return this;
  }

  /**
   * Revokes the class object: COM no longer hands it to new clients. Clients that are connected
   * stay connected, and their calls are answered.
   *
   * @throws ComError - When COM cannot revoke the class object.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/combaseapi/nf-combaseapi-corevokeclassobject
   */
  async revoke(): Promise<void> {
    await this.#registration;
    valueOf(await this.#native.revoke());
  }

  /**
   * Closes the server: accepts no more calls, waits for the calls in progress, and revokes the
   * class object. Calls that are still in progress after the timeout end with
   * `CO_E_SERVER_STOPPING`. After that, clients that are still connected get errors.
   *
   * If it is called again while it waits, the earlier of the two deadlines counts:
   * `close({ timeout: 0 })` ends the calls now.
   *
   * @param options - How long calls in progress may go on.
   * @throws TypeError - When `options.timeout` is not a number of milliseconds.
   * @see https://learn.microsoft.com/en-us/windows/win32/api/combaseapi/nf-combaseapi-codisconnectobject
   */
  async close(options: CloseOptions = {}): Promise<void> {
    const timeout = closeTimeout(options);
    this.#closed ??= this.#close();
    this.#endCallsAfter(timeout);
    await this.#closed;
  }

  /** Calls {@link close} with the default timeout. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /**
   * Lets the process end even though the server listens.
   *
   * @returns This server.
   */
  unref(): this {
    if (this.#referenced && this.#state === 'listening') this.#native.letGo();
    this.#referenced = false;
    return this;
  }

  /**
   * Undoes {@link unref}: the process stays alive while the server listens.
   *
   * @returns This server.
   */
  ref(): this {
    if (!this.#referenced && this.#state === 'listening') this.#native.hold();
    this.#referenced = true;
    return this;
  }

  async #close(): Promise<void> {
    // From here on, ref() and unref() have no effect.
    const held = this.#state === 'listening' && this.#referenced;
    this.#state = 'closed';
    // Even after unref(), the process must not end before its calls have ended.
    this.#native.hold();
    this.#native.stop();
    await this.#idle.promise;
    this.#deadline = -Infinity;
    clearTimeout(this.#deadlineTimer);
    // A class object can be revoked only after it is registered.
    await this.#registration;
    await this.#native.disconnect();
    this.#native.letGo();
    if (held) this.#native.letGo();
    emitSafely(() => this.emit('close'));
  }

  #endCallsAfter(milliseconds: number): void {
    const deadline = performance.now() + milliseconds;
    if (deadline >= this.#deadline) return;
    this.#deadline = deadline;
    clearTimeout(this.#deadlineTimer);
    this.#deadlineTimer = setTimeout(
      () => {
        this.#native.endCalls(hresults.CO_E_SERVER_STOPPING);
        for (const call of [...this.#running.values()])
          call[cancelCall](hresults.CO_E_SERVER_STOPPING);
      },
      Math.min(milliseconds, 0x7fffffff),
    );
  }

  #isClosed(): boolean {
    return this.#state === 'closed';
  }

  #answer(nativeCall: NativeServerCall, method: string, args: Value[]): void {
    const handler = this.#methods.get(method);
    if (handler === undefined) {
      nativeCall.end(hresults.DISP_E_MEMBERNOTFOUND);
      return;
    }
    if (args.length > mostArguments) {
      nativeCall.end(hresults.DISP_E_BADPARAMCOUNT);
      return;
    }
    void this.#run(nativeCall, handler, new ServerCall(nativeCall, method, args));
  }

  async #run(nativeCall: NativeServerCall, handler: Handler, call: ServerCall): Promise<void> {
    this.#running.set(call.id, call);
    emitSafely(() => this.emit('call', call));
    try {
      const result = handler(call, ...(call.args as never[]));
      if (!this.#holdBegin) call.returnFromBegin();
      const value = await result;
      try {
        nativeCall.complete(value);
      } catch (error) {
        this.#fail(nativeCall, call, hresults.DISP_E_TYPEMISMATCH, error);
      }
    } catch (error) {
      this.#fail(nativeCall, call, hresultOf(error), error);
    } finally {
      this.#running.delete(call.id);
    }
  }

  #fail(nativeCall: NativeServerCall, call: ServerCall, hresult: number, error: unknown): void {
    nativeCall.fail(hresult, this.name, messageOf(error));
    emitSafely(() => this.emit('handlerError', error, call));
  }
}

/**
 * Makes a server. It accepts calls after {@link Server.listen} has resolved.
 *
 * @param options - The CLSID, the methods, and other options.
 * @returns The server.
 * @throws TypeError - When an option is wrong. The message names it.
 * @throws Error - When COM cannot be used on this system. Its `code` is `'ERR_ASYNC_COM_PLATFORM'`.
 * @example
 * await using server = createServer({
 *   clsid: '{7B0F7C7E-3F0B-4C55-8E2D-6C9B2B0B7E11}',
 *   methods: { add: (call, a: number, b: number) => a + b },
 * });
 * await server.listen();
 */
export function createServer(options: ServerOptions): Server {
  return new Server(options);
}

/**
 * Returns the timeout of a close in milliseconds.
 *
 * @throws TypeError - When `options.timeout` is not a number of 0 or more.
 */
export function closeTimeout(options: CloseOptions): number {
  requireObject(options);
  const { timeout = 5000 } = options;
  if (typeof timeout !== 'number' || !(timeout >= 0)) {
    throw new TypeError('options.timeout must be a number of milliseconds, 0 or more');
  }
  return timeout;
}

function requireOptions(options: ServerOptions): void {
  requireObject(options);
  requireClsid(options.clsid, 'options.clsid');
  const { methods }: { methods: unknown } = options;
  // A Map or an array is refused: its methods are not its properties.
  if (typeof methods !== 'object' || methods === null || Symbol.iterator in methods) {
    throw new TypeError('options.methods must be an object whose properties are functions');
  }
  for (const [name, handler] of Object.entries(options.methods)) {
    if (typeof handler !== 'function') {
      throw new TypeError(`options.methods.${name} must be a function`);
    }
  }
  if (options.progId !== undefined) requireProgId(options.progId, 'options.progId');
  if (options.name !== undefined && typeof options.name !== 'string') {
    throw new TypeError('options.name must be a string');
  }
  const { maxCalls } = options;
  const most = native.mostCallsInProgress;
  if (
    maxCalls !== undefined &&
    !(Number.isInteger(maxCalls) && maxCalls >= 1 && maxCalls <= most)
  ) {
    throw new TypeError(`options.maxCalls must be a whole number from 1 to ${String(most)}`);
  }
  for (const name of ['holdBegin', 'callObject'] as const) {
    if (options[name] !== undefined && typeof options[name] !== 'boolean') {
      throw new TypeError(`options.${name} must be a boolean`);
    }
  }
}

/**
 * Returns the HRESULT of what a handler threw. It may be any value, and a getter of it may throw.
 */
function hresultOf(error: unknown): number {
  try {
    const hresult = (error as { hresult?: unknown } | null | undefined)?.hresult;
    return isFailure(hresult) ? hresult : hresults.E_FAIL;
  } catch {
    return hresults.E_FAIL;
  }
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve!: () => void;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
