import type { ThreadToken, Value } from 'async-com';

import type { ErrorParts } from '#lib/verify/processes/channel.js';

import { Child, type Exit } from './child.js';

export type Ended = { readonly value: Value } | { readonly error: ErrorParts };

/** A client in a process of its own, and that process as a witness. */
export class RemoteClient implements AsyncDisposable {
  readonly #child: Child;

  private constructor(child: Child) {
    this.#child = child;
  }

  /** @param name - The class to connect to; none yet where it is left out. */
  static async start(name?: string): Promise<RemoteClient> {
    const client = new RemoteClient(await Child.start('client'));
    if (name !== undefined) await client.connect(name);
    return client;
  }

  async connect(name: string): Promise<void> {
    await this.#child.ask('connect', name);
  }

  /** @throws RemoteError */
  async call(method: string, ...args: Value[]): Promise<Value> {
    return (await this.#child.ask('call', method, ...args)) as Value;
  }

  /** Calls `count` times, without waiting; {@link ended} tells how each ended. */
  async begin(count: number, method: string, ...args: Value[]): Promise<void> {
    await this.#child.ask('begin', count, method, ...args);
  }

  async ended(): Promise<Ended> {
    return (await this.#child.next('ended')) as Ended;
  }

  /** A thread of whichever process, seen from the client's. */
  async threadToken(threadId: number): Promise<ThreadToken> {
    return (await this.#child.ask('threadToken', threadId)) as ThreadToken;
  }

  /** support/calls.ts has it; here it is done there. */
  async connectUntilGone(name: string): Promise<number> {
    return (await this.#child.ask('connectUntilGone', name)) as number;
  }

  exit(code: number): Promise<Exit> {
    this.#child.tell('exit', code);
    return this.#child.exited();
  }

  kill(): Promise<Exit> {
    return this.#child.kill();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#child[Symbol.asyncDispose]();
  }
}
