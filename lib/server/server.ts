import { EventEmitter } from 'node:events';

import { messageOf } from '../errors/message.js';
import { emitSafely } from '../errors/uncaught.js';
import { ComError, isFailure } from '../errors/com-error.js';
import { native } from '../native/addon.js';
import { objectFunctions } from '../native/value-functions.js';
import { newClsid } from '../value/identifiers.js';
import type { NativeServerCall, NativeServer } from '../native/server.js';
import type { ClassDescription } from '../automation/description.js';
import { requireObject } from '../errors/arguments.js';
import { errorOf, valueOf } from '../errors/outcome.js';
import type { Outcome } from '../native/outcome.js';
import { type Instance, Instances } from './instances.js';
import type { ObjectKind } from './object-kind.js';
import { assignedOf, cancelCall, ServerCall } from './server-call.js';
import { SentObjects } from './sent-objects.js';
import { kindOf, requireOptions, type ServerOptions } from './server-options.js';
import type { Value } from '../value/value.js';
import { hresults } from '../errors/hresults.js';

/** The name of a property that only {@link objectFunctions} uses. */
const nativeServer = Symbol('nativeServer');

/**
 * The highest number of arguments of a call. JavaScript passes arguments on the stack, and a handler
 * may pass them on several times.
 */
const mostArguments = 10_000;

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

  /** The dispose method of an object of the server's class has thrown, or its promise has rejected. */
  disposeError: [error: unknown, object: object];

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

  /** What clients see of the objects: for type libraries and other tools. */
  readonly description: ClassDescription;

  readonly #kind: ObjectKind;
  /** Makes the object for a client. `undefined`: there is one for all clients, with no state. */
  readonly #create: ((call: ServerCall) => object | Promise<object>) | undefined;
  /** What stands for the object of a server that has functions. */
  readonly #stateless: Instance;
  readonly #instances = new Instances((error, target) => {
    emitSafely(() => this.emit('disposeError', error, target));
  });
  readonly #holdBegin: boolean;
  readonly #native: NativeServer;
  readonly #idle = withResolvers();
  /** The calls whose handlers have not settled, by their ids. */
  readonly #running = new Map<number, ServerCall>();
  readonly #sent: SentObjects;
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
    this.#kind = kindOf(options, this.name);
    this.description = this.#kind.description;
    this.#stateless = { target: this, kind: this.#kind };
    this.#create = creatorOf(options);
    this.#sent = new SentObjects(this.clsid, this.#instances);
    this.#holdBegin = options.holdBegin ?? true;
    this.#native = new native.Server({
      clsid: options.clsid,
      mostCalls: options.maxCalls ?? 256,
      callObject: options.callObject ?? true,
      objectClass: this.#kind.native,
      creates: this.#create !== undefined,
      onCall: (call, member, args) => {
        this.#answer(call, member, args);
      },
      onCancel: (id, hresult) => {
        this.#running.get(id)?.[cancelCall](hresult);
      },
      onRelease: (id) => {
        this.#instances.released(id);
      },
      onObject: (value) => this.#sent.sent(value),
      onTarget: (id) => this.#instances.get(id)?.target,
      onIdle: () => {
        this.#idle.resolve();
      },
      onUnused: () => {
        emitSafely(() => this.emit('unused'));
      },
    });
  }

  /** For {@link objectFunctions}. @internal */
  get [nativeServer](): NativeServer {
    return this.#native;
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
    await this.#instances.disposeAll();
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

  #answer(nativeCall: NativeServerCall, member: string, args: Value[]): void {
    if (nativeCall.access === 'create') {
      void this.#createObject(nativeCall);
      return;
    }
    const instance = this.#instances.get(nativeCall.objectId);
    // The object is gone: its server has closed.
    if (instance === undefined && this.#create !== undefined) {
      nativeCall.end(hresults.CO_E_SERVER_STOPPING);
      return;
    }
    const { target, kind } = instance ?? this.#stateless;
    const handler = kind.handler(member, nativeCall.access);
    if (handler === undefined) {
      nativeCall.end(hresults.DISP_E_MEMBERNOTFOUND);
      return;
    }
    if (args.length > mostArguments) {
      nativeCall.end(hresults.DISP_E_BADPARAMCOUNT);
      return;
    }
    const call = new ServerCall(nativeCall, member, args);
    const run = (): unknown => handler(target, call, args);
    void this.#run(
      nativeCall,
      call,
      instance === undefined ? run : () => this.#instances.whileRunning(instance, run),
    );
  }

  async #createObject(nativeCall: NativeServerCall): Promise<void> {
    await this.#run(nativeCall, new ServerCall(nativeCall, '', []), (call) =>
      this.#instances.create(nativeCall.objectId, this.#kind, async () => {
        const target: unknown = await this.#create?.(call);
        if (typeof target !== 'object' || target === null) {
          throw new TypeError('options.create must return an object');
        }
        return target;
      }),
    );
  }

  async #run(
    nativeCall: NativeServerCall,
    call: ServerCall,
    handler: (call: ServerCall) => unknown,
  ): Promise<void> {
    this.#running.set(call.id, call);
    emitSafely(() => this.emit('call', call));
    try {
      const result = handler(call);
      if (!this.#holdBegin) call.returnFromBegin();
      const value = await result;
      try {
        nativeCall.complete(value, call[assignedOf]());
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
    const { helpFile, helpContext } = helpOf(error);
    nativeCall.fail(hresult, this.name, messageOf(error), helpFile, helpContext);
    emitSafely(() => this.emit('handlerError', error, call));
  }
}

/** Has the objects that the program sends as a client. No client can create one. */
let objectServer: Server | undefined;

objectFunctions.objectServer = () => {
  objectServer ??= new Server({ clsid: newClsid(), name: 'async-com', methods: {} });
  return objectServer[nativeServer];
};

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

/** Returns the help of an error, for clients that show it. */
function helpOf(error: unknown): { helpFile: string; helpContext: number } {
  return error instanceof ComError
    ? { helpFile: error.helpFile ?? '', helpContext: error.helpContext ?? 0 }
    : { helpFile: '', helpContext: 0 };
}

function creatorOf(
  options: ServerOptions,
): ((call: ServerCall) => object | Promise<object>) | undefined {
  const { class: objectClass, create } = options;
  if (objectClass === undefined) return undefined;
  const Class = objectClass as new () => object;
  return create ?? (() => new Class());
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve!: () => void;
  const promise = new Promise<void>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
