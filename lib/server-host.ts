import { EventEmitter } from 'node:events';

import { native } from './native.js';
import { valueOf } from './outcome.js';
import type { CloseOptions, Server } from './server.js';

export interface ServeOptions {
  /**
   * Whether COM has started this process, which it says with `-Embedding` on its command line
   * ({@link startedByCom}). The process then is COM's: it closes when its last client has gone. Default
   * `false`: until {@link ServerHost.close}.
   */
  readonly embedding?: boolean;

  /** How long to wait for the first client, in milliseconds; default 60000. */
  readonly grace?: number;

  /**
   * How long a client that COM gave the class to just before it was revoked may take to come, in
   * milliseconds; default 500. Windows gives nobody the class in that moment; Wine does.
   */
  readonly linger?: number;
}

interface ServerHostEvents {
  /** COM started the process, and its last client has gone: it is about to close. */
  unused: [];
  close: [];
}

/** The servers of a process, from {@link serve}. */
export class ServerHost extends EventEmitter<ServerHostEvents> {
  readonly servers: readonly Server[];
  readonly #linger: number;
  #ending: Promise<void> | undefined;
  #closed: Promise<void> | undefined;
  #grace: NodeJS.Timeout | undefined;

  /** Not for users: {@link serve} makes one. */
  constructor(servers: readonly Server[], linger: number) {
    super();
    this.servers = servers;
    this.#linger = linger;
  }

  /** Not for users. */
  async listenAsComProcess(grace: number): Promise<void> {
    for (const server of this.servers) {
      server.on('unused', () => {
        this.#end();
      });
      await server.listen({ embedding: true });
    }
    valueOf(await native.resumeClassObjects());
    this.#grace = setTimeout(() => {
      void this.#endGrace();
    }, grace);
  }

  /** {@link Server.close} of every server. */
  async close(options: CloseOptions = {}): Promise<void> {
    this.#closed ??= this.#close(options);
    await this.#closed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  async #endGrace(): Promise<void> {
    if (valueOf(await native.endServerGrace())) this.#end();
  }

  #end(): void {
    this.#ending ??= this.#endIfUnused().finally(() => {
      this.#ending = undefined;
    });
  }

  /**
   * From now on COM gives the classes to nobody, but starts a new process for new clients. Who was
   * given one before may still come, and is served: then the process ends after that client.
   */
  async #endIfUnused(): Promise<void> {
    for (const server of this.servers) await server.revoke();
    await new Promise((resolve) => setTimeout(resolve, this.#linger));
    if (this.#closed !== undefined || !native.closeIfUnused()) return;
    this.emit('unused');
    await this.close();
  }

  async #close(options: CloseOptions): Promise<void> {
    clearTimeout(this.#grace);
    await Promise.all(this.servers.map((server) => server.close(options)));
    this.emit('close');
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
  const { embedding = false, grace = 60_000, linger = 500 } = options;
  if (!Array.isArray(servers) || servers.length === 0) {
    throw new TypeError('servers must be an array of at least one server');
  }
  if (typeof embedding !== 'boolean') throw new TypeError('options.embedding must be a boolean');
  requireTime(grace, 'options.grace');
  requireTime(linger, 'options.linger');
  const host = new ServerHost(servers, linger);
  try {
    if (embedding) await host.listenAsComProcess(grace);
    else for (const server of servers) await server.listen();
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

function requireTime(value: unknown, name: string): void {
  if (typeof value !== 'number' || !(value >= 0) || value > 0x7fffffff) {
    throw new TypeError(`${name} must be a number of milliseconds, 0 to 2147483647`);
  }
}
