import type { ThreadToken, Value } from 'async-com';

import type { ErrorParts } from '#lib/ipc/channel.js';

import { Child, type Exit } from './child.js';

export type Ended = { readonly value: Value } | { readonly error: ErrorParts };

/** A client in another process. That process is also a witness. */
export class RemoteClient implements AsyncDisposable {
  readonly #child: Child;

  private constructor(child: Child) {
    this.#child = child;
  }

  /** @param name - The class to connect to. Without it, the client does not connect yet. */
  static async start(name?: string): Promise<RemoteClient> {
    const client = new RemoteClient(await Child.start('client'));
    if (name !== undefined) await client.connect(name);
    return client;
  }

  async connect(name: string): Promise<void> {
    await this.#child.ask('connect', name);
  }

  /** @throws RemoteError - The call failed. */
  async call(method: string, ...args: Value[]): Promise<Value> {
    return (await this.#child.ask('call', method, ...args)) as Value;
  }

  /** Starts `count` calls, without waiting. {@link ended} returns how each one ended. */
  async begin(count: number, method: string, ...args: Value[]): Promise<void> {
    await this.#child.ask('begin', count, method, ...args);
  }

  async ended(): Promise<Ended> {
    return (await this.#child.next('ended')) as Ended;
  }

  /** Returns the token of a thread of any process, as the client process sees it. */
  async threadToken(threadId: number): Promise<ThreadToken> {
    return (await this.#child.ask('threadToken', threadId)) as ThreadToken;
  }

  /** Runs `connectUntilGone` of support/calls.ts in the client process. */
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
