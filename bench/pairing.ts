import { newClsid } from '#lib/value/identifiers.js';

import type { Load, Measured } from './load.js';
import {
  type Client,
  type Server,
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

/** Every pairing of native and TypeScript client and server. */
export class Pairings implements AsyncDisposable {
  readonly all: Pairing[] = [];
  // Separate lists, because clients must end before their servers.
  readonly #clients: Client[] = [];
  readonly #servers: Server[] = [];

  static async start(): Promise<Pairings> {
    const pairings = new Pairings();
    try {
      await pairings.#startServer('native', startNativeServer);
      await pairings.#startServer('TypeScript', startTypeScriptServer);
      return pairings;
    } catch (error) {
      await pairings[Symbol.asyncDispose]();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const process of [...this.#clients, ...this.#servers]) await process.end();
  }

  /** Starts a server, and a client of each kind for it. */
  async #startServer(name: string, start: (clsid: string) => Promise<Server>): Promise<void> {
    const clsid = newClsid();
    const server = await start(clsid);
    this.#servers.push(server);
    for (const [clientName, startClient] of [
      ['native', startNativeClient],
      ['TypeScript', startTypeScriptClient],
    ] as const) {
      const client = await startClient(clsid);
      this.#clients.push(client);
      this.all.push(new Pairing(`${clientName} → ${name}`, client, server));
    }
  }
}
