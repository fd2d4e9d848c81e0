import type { FinishedCall } from '../client-call.js';
import type { Outcome } from '../outcome.js';
import type { CallerQuestion } from './caller-process.js';
import type { Asker } from './ipc.js';

/** Which of the two servers of a verification: one has no call object of its own. */
export type ServerKind = 'withCallObject' | 'without';

/** A client's call object in the caller's process. Each step gives its HRESULT as data. */
export interface CallerCall {
  begin(method: string, ...args: unknown[]): Promise<Outcome>;
  /** @param time - In milliseconds. */
  wait(time: number): Promise<Outcome>;
  finish(): Promise<Outcome<FinishedCall>>;
  cancel(): Promise<Outcome>;
  release(): Promise<void>;
}

/** The process that makes calls as COM's own steps. */
export class Caller {
  readonly #ask: <T>(what: string, question?: CallerQuestion) => Promise<T>;

  constructor(asker: Asker) {
    this.#ask = (what, question) => asker.ask(what, question);
  }

  async createCall(server: ServerKind = 'withCallObject'): Promise<CallerCall> {
    const call = await this.#ask<number>('createCall', { server });
    return {
      begin: (method, ...args) => this.#ask('begin', { call, method, args }),
      wait: (time) => this.#ask('wait', { call, time }),
      finish: () => this.#ask('finish', { call }),
      cancel: () => this.#ask('cancel', { call }),
      release: () => this.#ask('release', { call }),
    };
  }

  callSynchronously(
    server: ServerKind,
    method: string,
    ...args: unknown[]
  ): Promise<Outcome<FinishedCall>> {
    return this.#ask('callSynchronously', { server, method, args });
  }

  /** COM objects of ours in the caller's process. */
  comObjects(): Promise<number> {
    return this.#ask('comObjects');
  }
}
