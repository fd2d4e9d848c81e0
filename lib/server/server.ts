import { EventEmitter } from 'node:events';

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

/** Answers one method of a server: what it returns, or what its promise gives, is the result. */
export type Handler = (call: ServerCall, ...args: never[]) => Value | void | Promise<Value | void>;

export interface ServerOptions {
  /** The class that clients activate, in braces. */
  readonly clsid: string;

  /** What answers each method. Clients name a method exactly as it is written here. */
  readonly methods: Readonly<Record<string, Handler>>;

  /**
   * The name that clients may use instead of the CLSID, at most 39 characters. `register` writes it
   * with its version and without: for `'Acme.Files.2'` `'Acme.Files'` too; `'Acme.Files'` is version
   * 1, `'Acme.Files.1'`.
   *
   * @see https://learn.microsoft.com/en-us/windows/win32/com/-progid--key
   */
  readonly progId?: string;

  /**
   * The name a failed handler's error carries as its source, and that tools show for the class.
   * Default: the ProgID, or else the CLSID.
   */
  readonly name?: string;

  /**
   * Calls that wait for their answer at most, 1 to 400; default 256. A caller past the bound gets
   * `RPC_E_SERVERCALL_RETRYLATER` at once, never a wait: queues of held calls deadlock. (With those
   * whose Begin_ runs on after the answer, 400 at most.)
   */
  readonly maxCalls?: number;

  /**
   * Whether Begin_ stays on its thread until the handler has settled, so that the handler can act
   * there. Default `true`. `false` for handlers that need no thread.
   */
  readonly holdBegin?: boolean;

  /**
   * Whether the server has a call object for asynchronous calls. Default `true`. `false` makes a
   * server of the synchronous method alone, for tests of clients: COM then makes every call a
   * synchronous one, over the bridge.
   */
  readonly callObject?: boolean;
}

export interface ListenOptions {
  /**
   * For a process that COM has started; {@link serve} does the rest of what is due there. COM gives
   * the class to nobody before every class of the process is there, and the server tells with
   * `'unused'` when the process's last object has gone, and its last lock.
   */
  readonly embedding?: boolean;
}

export interface CloseOptions {
  /**
   * How long calls in progress may go on, in milliseconds; default 5000. `Infinity`: for as long as
   * they take. (Any other time is 2147483647, 24 days, at most.)
   */
  readonly timeout?: number;
}

/** What a {@link Server} emits. What a listener throws fails no call: it is an uncaught exception. */
export interface ServerEvents {
  listening: [];
  /** A call has arrived; its handler is about to run. */
  call: [call: ServerCall];
  /**
   * A handler has thrown or rejected, or what it returned cannot be sent: its client gets that as an
   * error, unless the call was signalled, or ended, before.
   */
  handlerError: [error: unknown, call: ServerCall];
  /** {@link ListenOptions.embedding}: the process has no object and no lock any more. */
  unused: [];
  close: [];
}

/**
 * A class of COM server objects in this process, answered by JavaScript.
 *
 * @example
 * const server = createServer({
 *   clsid: '{7B0F7C7E-3F0B-4C55-8E2D-6C9B2B0B7E11}',
 *   methods: { add: (call, a: number, b: number) => a + b },
 * });
 * await server.listen();
 */
export class Server extends EventEmitter<ServerEvents> {
  readonly clsid: string;
  /** As it is in the options; `null` without one. */
  readonly progId: string | null;
  /** What a failed handler's error carries as its source. */
  readonly name: string;
  readonly #methods: ReadonlyMap<string, Handler>;
  readonly #holdBegin: boolean;
  readonly #native: NativeServer;
  readonly #idle = withResolvers();
  /** Calls whose handler has not settled. */
  readonly #running = new Map<number, ServerCall>();
  #state: 'new' | 'listening' | 'closed' = 'new';
  /** When close() ends the calls in progress, on the clock of `performance.now()`. */
  #deadline = Infinity;
  #deadlineTimer: NodeJS.Timeout | undefined;
  #registration: Promise<Outcome> | undefined;
  #closed: Promise<void> | undefined;
  #referenced = true;

  /** @throws TypeError - an option is wrong; the message names it. */
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
    );
  }

  /** Calls whose Begin_ has not returned or that have not been signalled. */
  get callsInProgress(): number {
    return this.#native.callsInProgress;
  }

  /**
   * Registers the class with COM: from now on clients in other processes can activate it. The
   * process stays alive until {@link close}, unless {@link unref} says otherwise.
   *
   * @throws TypeError - an option is wrong; the message names it.
   * @throws ComError - this process has the class already (`CO_E_OBJISREG`), or COM refused.
   *   Error - the server listens already, or was closed, also meanwhile.
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
   * Takes the class from COM: new clients no longer get here. Those that are connected stay, and
   * their calls are answered.
   *
   * @throws ComError
   * @see https://learn.microsoft.com/en-us/windows/win32/api/combaseapi/nf-combaseapi-corevokeclassobject
   */
  async revoke(): Promise<void> {
    await this.#registration;
    valueOf(await this.#native.revoke());
  }

  /**
   * Takes no more calls, waits for those in progress, ends what is left at the deadline with
   * `CO_E_SERVER_STOPPING`, and takes the class from COM. Clients that are still connected get
   * errors from then on.
   *
   * Called again while it waits, it brings the deadline forward, `close({ timeout: 0 })` to now; it
   * puts none off.
   *
   * @throws TypeError - `options.timeout` is not a time.
   */
  async close(options: CloseOptions = {}): Promise<void> {
    const timeout = closeTimeout(options);
    this.#closed ??= this.#close();
    this.#endCallsAfter(timeout);
    await this.#closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Lets the process end while the server listens. */
  unref(): this {
    if (this.#referenced && this.#state === 'listening') this.#native.letGo();
    this.#referenced = false;
    return this;
  }

  /** Undoes {@link unref}. */
  ref(): this {
    if (!this.#referenced && this.#state === 'listening') this.#native.hold();
    this.#referenced = true;
    return this;
  }

  async #close(): Promise<void> {
    // Later ref() and unref() change nothing any more.
    const held = this.#state === 'listening' && this.#referenced;
    this.#state = 'closed';
    // Also where `unref` let the process end: not before the calls have.
    this.#native.hold();
    this.#native.stop();
    await this.#idle.promise;
    this.#deadline = -Infinity;
    clearTimeout(this.#deadlineTimer);
    // What is not registered yet could not be taken from COM.
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
    nativeCall.fail(hresult, this.name, describe(error));
    emitSafely(() => this.emit('handlerError', error, call));
  }
}

/**
 * Makes a server. It takes calls once {@link Server.listen} has resolved.
 *
 * @throws TypeError - an option is wrong; the message names it.
 */
export function createServer(options: ServerOptions): Server {
  return new Server(options);
}

/** @throws TypeError - the timeout is not a time. */
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
  // A Map or an array has entries, and no method among its properties.
  if (typeof methods !== 'object' || methods === null || Symbol.iterator in methods) {
    throw new TypeError('options.methods must be an object of functions');
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

/** What a handler threw may be anything: reading it must not throw again. */
function hresultOf(error: unknown): number {
  try {
    const hresult = (error as { hresult?: unknown } | null | undefined)?.hresult;
    return isFailure(hresult) ? hresult : hresults.E_FAIL;
  } catch {
    return hresults.E_FAIL;
  }
}

function describe(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error);
  } catch {
    return 'the handler threw something that cannot be put in words';
  }
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve!: () => void;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
