import { EventEmitter } from 'node:events';

import { emitSafely, throwUncaught } from '../errors/uncaught.js';
import { native } from '../native/addon.js';
import { requireObject } from '../errors/arguments.js';
import { valueOf } from '../errors/outcome.js';
import { type CloseOptions, closeTimeout, Server } from './server.js';

export interface ServeOptions {
  /**
   * Whether COM has started this process, which it says with `-Embedding` on its command line
   * ({@link startedByCom}). The process is then COM's: it closes its servers when its last client has
   * gone. Default `false`: {@link ServerHost.close} does.
   */
  readonly embedding?: boolean;

  /** How long to wait for the first client, in milliseconds; default 60000. */
  readonly grace?: number;

  /**
   * How long to wait for another client when the last has gone, in milliseconds; default 5000. A
   * client that comes later is served by a new process.
   */
  readonly idle?: number;

  /**
   * How long to wait, after that, for a client that was on its way already, in milliseconds; default
   * 500. Windows lets none be; Wine does.
   */
  readonly linger?: number;
}

/** What a {@link ServerHost} emits. */
export interface ServerHostEvents {
  /** COM has started the process and its last client has gone: it is about to close. */
  unused: [];
  close: [];
}

/** How long a {@link ServerHost} waits, in milliseconds. */
export type ServeTimes = Required<Pick<ServeOptions, 'grace' | 'idle' | 'linger'>>;

/** The servers of a process, from {@link serve}. */
export class ServerHost extends EventEmitter<ServerHostEvents> {
  readonly servers: readonly Server[];
  readonly #times: ServeTimes;
  #ending: Promise<void> | undefined;
  #closed: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** Not for users: {@link serve} makes one. @internal */
  constructor(servers: readonly Server[], times: ServeTimes) {
    super();
    this.servers = servers;
    this.#times = times;
  }

  /** Not for users. @internal */
  async listen(embedding: boolean): Promise<void> {
    for (const server of this.servers) {
      // Before the module's own, which may throw.
      server.prependListener('unused', () => {
        this.#endAfter(this.#times.idle);
      });
      await server.listen({ embedding });
    }
    if (!embedding) return;
    // Not before all of the classes are there.
    valueOf(await native.resumeClassObjects());
    this.#endAfter(this.#times.grace);
  }

  /**
   * Closes every server: {@link Server.close}, also called again.
   *
   * @throws TypeError - `options.timeout` is not a time.
   */
  async close(options: CloseOptions = {}): Promise<void> {
    closeTimeout(options);
    const closed = Promise.all(this.servers.map((server) => server.close(options)));
    this.#closed ??= this.#close(closed);
    await Promise.all([closed, this.#closed]);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  #endAfter(milliseconds: number): void {
    if (this.#closed !== undefined) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#ending ??= this.#endIfUnused()
        .catch((error: unknown) => this.#endAfterAll(error))
        .finally(() => {
          this.#ending = undefined;
        });
    }, milliseconds);
  }

  /**
   * Where clients are there, `'unused'` tells when they have gone. Where none is, COM starts a new
   * process for new ones from now on. One that it has sent here before is served; then it ends
   * after that one.
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
   * COM, or a listener, has failed in the middle of the end: whether the process is of use to
   * somebody is no longer known, but it must not stay for ever, nor go with its calls unanswered.
   */
  async #endAfterAll(error: unknown): Promise<void> {
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
 * Makes servers listen, all or none: what a program does that COM may start.
 *
 * @throws TypeError - an argument is wrong. ComError, Error - as {@link Server.listen}.
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
 * Whether COM has started a process, by its command line: it puts `-Embedding` at its end.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/com/localserver32
 */
export function startedByCom(args: readonly string[] = process.argv): boolean {
  return /^[-/]Embedding$/i.test(args.at(-1) ?? '');
}

function requireServer(value: unknown, index: number): void {
  if (!(value instanceof Server)) {
    throw new TypeError(`servers[${String(index)}] must be a server, from createServer()`);
  }
}

function requireTime(value: unknown, name: string): void {
  if (typeof value !== 'number' || !(value >= 0) || value > 0x7fffffff) {
    throw new TypeError(`options.${name} must be a number of milliseconds, 0 to 2147483647`);
  }
}
