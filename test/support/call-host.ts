import { createServer, type Server, type ServerCall, type ServerOptions, type Value } from 'async-com';

import { RemoteClient } from './client.js';
import { newClsid } from './clsid.js';

type Body = (call: ServerCall) => Promise<Value | void>;

/** A server in this process and a client in another: tests write the handler where they need it. */
export class CallHost implements AsyncDisposable {
  readonly server: Server;
  readonly client: RemoteClient;
  readonly #bodies: Map<number, Body>;
  #lastKey = 0;

  private constructor(server: Server, client: RemoteClient, bodies: Map<number, Body>) {
    this.server = server;
    this.client = client;
    this.#bodies = bodies;
  }

  static async start(options: Partial<ServerOptions> = {}): Promise<CallHost> {
    const bodies = new Map<number, Body>();
    const server = createServer({
      clsid: newClsid(),
      methods: { run: (call, key: number) => bodies.get(key)?.(call) },
      ...options,
    });
    await server.listen();
    const client = await RemoteClient.start(server.clsid);
    return new CallHost(server, client, bodies);
  }

  /**
   * Runs `body` as the handler of a call, and gives what the client got.
   *
   * @throws what `body` throws, or RemoteError - the call failed otherwise.
   */
  async call(body: Body): Promise<Value> {
    const key = ++this.#lastKey;
    let failure: { readonly error: unknown } | undefined;
    this.#bodies.set(key, async (call) => {
      try {
        return await body(call);
      } catch (error) {
        failure = { error };
        throw error;
      }
    });
    try {
      return await this.client.call('run', key);
    } catch (error) {
      throw failure === undefined ? error : failure.error;
    } finally {
      this.#bodies.delete(key);
      // A body may fail after it has signalled, when the client has its answer.
      if (failure !== undefined) throw failure.error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client[Symbol.asyncDispose]();
    await this.server.close({ timeout: 0 });
  }
}
