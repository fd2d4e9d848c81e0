import {
  createServer,
  type Server,
  type ServerCall,
  type ServerOptions,
  type Value,
} from 'async-com';

import { RemoteClient } from './client.js';
import { newClsid } from '#lib/value/identifiers.js';

type Body = (call: ServerCall) => Promise<Value | void>;

/**
 * A server in this process and a client in another process. Each test writes its handler in place.
 */
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
   * Runs `body` as the handler of a call, waits for both, and returns what the client got.
   *
   * @throws What `body` throws, or RemoteError - The call failed for another reason.
   */
  async call(body: Body): Promise<Value> {
    const key = ++this.#lastKey;
    const running: Promise<Value | void>[] = [];
    this.#bodies.set(key, (call) => {
      running.push(body(call));
      return running[0] as Promise<Value>;
    });
    const [result] = await Promise.allSettled([this.client.call('run', key)]);
    this.#bodies.delete(key);
    // A body that has signalled may still run and fail.
    await running[0];
    if (result.status === 'rejected') throw result.reason as Error;
    return result.value;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client[Symbol.asyncDispose]();
    await this.server.close({ timeout: 0 });
  }
}
