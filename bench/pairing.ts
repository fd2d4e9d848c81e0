import { newClsid } from '#lib/value/identifiers.js';

import { whyNoDotnet } from '#test/support/dotnet.js';

import type { Load, Measured } from './load.js';
import {
  type Client,
  type Server,
  startDispatchClient,
  startDotnetServer,
  startNativeClient,
  startNativeServer,
  startTypeScriptClient,
  startTypeScriptServer,
} from './processes.js';

/** A client that is connected to a server. */
export class Pairing {
  readonly name: string;
  readonly #client: Client;
  readonly #server: Server;

  constructor(name: string, client: Client, server: Server) {
    this.name = name;
    this.#client = client;
    this.#server = server;
  }

  async run(load: Load): Promise<Measured> {
    await this.#server.spent();
    const measured = await this.#client.run(load);
    return { ...measured, server: await this.#server.spent() };
  }
}

/** The pairing that the others are compared with. */
export const baseline = 'native → native';

/** The same call by `IDispatch`, and by `IMethodCall`. */
export const byDispatch = 'native IDispatch → TypeScript';
export const byMethodCall = 'native → TypeScript';

const native = { name: 'native', start: startNativeClient };
const dispatch = { name: 'native IDispatch', start: startDispatchClient };
const typeScript = { name: 'TypeScript', start: startTypeScriptClient };

/**
 * Every pairing of native and TypeScript client and server, and the native client with a .NET server.
 * A further native client calls the TypeScript server by `IDispatch`.
 */
export class Pairings implements AsyncDisposable {
  readonly all: Pairing[] = [];

  /** Why there is no pairing with the .NET server, or `undefined` if there is one. */
  readonly withoutDotnet = whyNoDotnet();

  // Separate lists, because clients must end before their servers.
  readonly #clients: Client[] = [];
  readonly #servers: Server[] = [];

  static async start(): Promise<Pairings> {
    const pairings = new Pairings();
    try {
      const both = [native, typeScript];
      await pairings.#startServer('native', startNativeServer, both);
      await pairings.#startServer('TypeScript', startTypeScriptServer, [...both, dispatch]);
      if (pairings.withoutDotnet === undefined) {
        await pairings.#startServer('.NET', startDotnetServer, [native]);
      }
      return pairings;
    } catch (error) {
      await pairings[Symbol.asyncDispose]();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const process of [...this.#clients, ...this.#servers]) await process.end();
  }

  /** Starts a server, and the clients for it. */
  async #startServer(
    name: string,
    start: (clsid: string) => Promise<Server>,
    clients: readonly (typeof native)[],
  ): Promise<void> {
    const clsid = newClsid();
    const server = await start(clsid);
    this.#servers.push(server);
    for (const kind of clients) {
      const client = await kind.start(clsid);
      this.#clients.push(client);
      this.all.push(new Pairing(`${kind.name} → ${name}`, client, server));
    }
  }
}
