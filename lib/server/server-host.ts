import { EventEmitter } from 'node:events';

import { emitSafely, throwUncaught } from '../errors/uncaught.js';
import { native } from '../native/addon.js';
import { requireObject } from '../errors/arguments.js';
import { valueOf } from '../errors/outcome.js';
import { type CloseOptions, closeTimeout, Server } from './server.js';

/** The options of {@link serve}. The times are milliseconds from 0 to 2147483647. */
export interface ServeOptions {
  /**
   * Whether COM started this process. COM then puts `-Embedding` on the command line:
   * {@link startedByCom} tells. With `true`, the servers close when the process has no clients any
   * more. With `false`, they listen until {@link ServerHost.close}. Default `false`.
   */
  readonly embedding?: boolean;

  /**
   * How long to wait for the first client, in milliseconds. Default 60000. Only with `embedding`.
   */
  readonly grace?: number;

  /**
   * How long to wait for another client after the last one has gone, in milliseconds. Default 5000.
   * A new process serves a client that comes later. Only with `embedding`.
   */
  readonly idle?: number;

  /**
   * How long to wait, after `idle`, for a client that COM already sent to this process, in
   * milliseconds. Default 500. On Windows there is no such client, on Wine there can be. Only with
   * `embedding`.
   */
  readonly linger?: number;
}

/** The events of a {@link ServerHost}, with the arguments of their listeners. */
export interface ServerHostEvents {
  /** COM started the process and its last client has gone. The host is about to close. */
  unused: [];

  /** All servers are closed. */
  close: [];
}

/** How long a {@link ServerHost} waits: the times of {@link ServeOptions}, in milliseconds. */
export type ServeTimes = Required<Pick<ServeOptions, 'grace' | 'idle' | 'linger'>>;

/**
 * The servers of a process. {@link serve} makes it.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/com/localserver32
 */
export class ServerHost extends EventEmitter<ServerHostEvents> {
  /** The servers, in the order in which {@link serve} got them. */
  readonly servers: readonly Server[];
  readonly #times: ServeTimes;
  #ending: Promise<void> | undefined;
  #closed: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @internal */
  constructor(servers: readonly Server[], times: ServeTimes) {
    super();
    this.servers = servers;
    this.#times = times;
  }

  /** @internal */
  async listen(embedding: boolean): Promise<void> {
    for (const server of this.servers) {
      // Before the listeners of the module, because they may throw.
      server.prependListener('unused', () => {
        this.#endAfter(this.#times.idle);
      });
      await server.listen({ embedding });
    }
    if (!embedding) return;
    // Only now: every class must be registered before COM activates one.
    valueOf(await native.resumeClassObjects());
    this.#endAfter(this.#times.grace);
  }

  /**
   * Closes every server, as {@link Server.close} does. It can be called again with a shorter
   * timeout.
   *
   * @param options - How long calls in progress may go on.
   * @throws TypeError - When `options.timeout` is not a number of milliseconds.
   */
  async close(options: CloseOptions = {}): Promise<void> {
    closeTimeout(options);
    const closed = Promise.all(this.servers.map((server) => server.close(options)));
    this.#closed ??= this.#close(closed);
    await Promise.all([closed, this.#closed]);
  }

  /** Calls {@link close} with the default timeout. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #endAfter(milliseconds: number): void {
    if (this.#closed !== undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#ending ??= this.#endIfUnused()
        .catch((error: unknown) => this.#endAfterFailure(error))
        .finally(() => {
          this.#ending = undefined;
        });
    }, milliseconds);
  }

  /**
   * Closes the host if the process has no clients. If it has clients, a server emits `'unused'`
   * when they have gone, and the host tries again.
   *
   * After `suspendIfUnused`, COM starts a new process for new clients. A client that COM sent here
   * before may still arrive: the process then serves it, and ends after it.
   */
  async #endIfUnused(): Promise<void> {
    if (!valueOf(await native.suspendIfUnused())) return;
    await Promise.all(this.servers.map((server) => server.revoke()));
    await new Promise((resolve) => setTimeout(resolve, this.#times.linger));
    if (this.#closed !== undefined || !native.closeIfUnused()) return;
    this.emit('unused');
    await this.close();
  }

  /**
   * Closes the host after COM or a listener has failed while the host was ending. Whether somebody
   * still uses the process is not known then. The process must not stay for ever, and must not end
   * with calls unanswered.
   */
  async #endAfterFailure(error: unknown): Promise<void> {
    await this.close();
    throwUncaught(error);
  }

  async #close(closed: Promise<unknown>): Promise<void> {
    clearTimeout(this.#timer);
    await closed;
    emitSafely(() => this.emit('close'));
  }
}

/**
 * Makes servers listen: all of them or, if one fails, none. A program that COM may start calls this
 * function instead of {@link Server.listen}.
 *
 * @param servers - The servers, at least one.
 * @param options - Whether COM started this process, and how long it waits for clients.
 * @returns The servers as a host, which closes them together.
 * @throws TypeError - When an argument is wrong. The message names it.
 * @throws Error - When a server already listens or was closed.
 * @throws ComError - When this process has already registered a class (`CO_E_OBJISREG`), or COM
 *   refuses a registration.
 * @see https://learn.microsoft.com/en-us/windows/win32/com/localserver32
 * @example
 * await serve([server], { embedding: startedByCom() });
 */
export async function serve(
  servers: readonly Server[],
  options: ServeOptions = {},
): Promise<ServerHost> {
  requireObject(options);
  const { embedding = false, grace = 60_000, idle = 5000, linger = 500 } = options;
  if (!Array.isArray(servers) || servers.length === 0) {
    throw new TypeError('servers must be an array of at least one server');
  }
  for (const [index, server] of servers.entries()) requireServer(server, index);
  if (typeof embedding !== 'boolean') throw new TypeError('options.embedding must be a boolean');
  for (const [name, time] of Object.entries({ grace, idle, linger })) requireTime(time, name);
  const host = new ServerHost(servers, { grace, idle, linger });
  try {
    await host.listen(embedding);
  } catch (error) {
    await host.close({ timeout: 0 });
    throw error;
  }
  return host;
}

/**
 * Returns whether COM started this process: COM puts `-Embedding` at the end of the command line.
 *
 * @param args - The arguments of the command line. Default `process.argv`.
 * @returns `true` if the last argument is `-Embedding` or `/Embedding`, in upper or lower case.
 * @throws TypeError - When `args` is not an array of strings.
 * @see https://learn.microsoft.com/en-us/windows/win32/com/localserver32
 */
export function startedByCom(args: readonly string[] = process.argv): boolean {
  if (!Array.isArray(args) || !args.every((one) => typeof one === 'string')) {
    throw new TypeError('args must be an array of strings');
  }
  return /^[-/]Embedding$/i.test(args.at(-1) ?? '');
}

function requireServer(value: unknown, index: number): void {
  if (!(value instanceof Server)) {
    throw new TypeError(`servers[${String(index)}] must be a server, from createServer()`);
  }
}

function requireTime(value: unknown, name: string): void {
  if (typeof value !== 'number' || !(value >= 0) || value > 0x7fffffff) {
    throw new TypeError(`options.${name} must be a number of milliseconds from 0 to 2147483647`);
  }
}
