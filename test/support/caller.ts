import { inspect } from 'node:util';
import { Worker } from 'node:worker_threads';

import { type ClientCall, ComError, connect, type Connection, type Value } from 'async-com';

import { connectToWorker, type Remote } from '#lib/ipc/channel.js';

import type { ChildFunctions, TestFunctions } from './child.js';
import { within } from './within.js';

/**
 * A thread that makes calls to fixtures/call-life-server.ts. It has one connection, one call object, and
 * one call by `connection.call`. Each step returns the code of its HRESULT, or what the handler
 * returned if that is not what it should return.
 */
export interface Caller {
  /** Connects, and makes a call object. */
  connect(clsid: string): Promise<string>;
  closeConnection(): Promise<void>;
  createCall(): Promise<string>;
  begin(key: string): Promise<string>;
  wait(milliseconds?: number): Promise<string>;
  cancel(): Promise<string>;
  finish(): Promise<string>;
  release(): Promise<void>;
  /** Starts a call by `connection.call`, and does not wait for it. */
  call(key: string): Promise<void>;
  /** Makes a call with a signal that is aborted already. */
  callAborted(key: string): Promise<string>;
  /** Aborts the signal of the call that `call` has started. */
  abort(): Promise<void>;
  /** Waits until the call that `call` has started ends. */
  outcome(): Promise<string>;
}

/** The thread that runs this. */
export class OwnCaller implements Caller {
  #connection: Connection | undefined;
  #call: ClientCall | undefined;
  #controller = new AbortController();
  #outcome = Promise.resolve('none');

  async connect(clsid: string): Promise<string> {
    try {
      this.#connection = await connect(clsid);
    } catch (error) {
      return codeOf(error);
    }
    return this.createCall();
  }

  closeConnection(): Promise<void> {
    this.#connection?.close();
    return Promise.resolve();
  }

  async createCall(): Promise<string> {
    try {
      this.#call = await connected(this.#connection).createCall();
      return 'S_OK';
    } catch (error) {
      return codeOf(error);
    }
  }

  async begin(key: string): Promise<string> {
    return (await connected(this.#call).attemptBegin('hold', key)).code;
  }

  async wait(milliseconds?: number): Promise<string> {
    return (await connected(this.#call).attemptWait(milliseconds)).code;
  }

  async cancel(): Promise<string> {
    return (await connected(this.#call).attemptCancel()).code;
  }

  finish(): Promise<string> {
    return ending(connected(this.#call).finish());
  }

  release(): Promise<void> {
    this.#call?.release();
    return Promise.resolve();
  }

  call(key: string): Promise<void> {
    this.#controller = new AbortController();
    this.#outcome = this.#callWith(this.#controller.signal, key);
    return Promise.resolve();
  }

  callAborted(key: string): Promise<string> {
    return this.#callWith(AbortSignal.abort(), key);
  }

  abort(): Promise<void> {
    this.#controller.abort();
    return Promise.resolve();
  }

  outcome(): Promise<string> {
    return this.#outcome;
  }

  #callWith(signal: AbortSignal, key: string): Promise<string> {
    return ending(connected(this.#connection).call({ method: 'hold', signal }, key));
  }
}

/** A step did not end, because its worker has ended. */
export class WorkerEnded extends Error {
  constructor() {
    super('the worker has ended');
  }
}

/** A worker thread: fixtures/calling-worker.ts. */
export class WorkerCaller implements Caller {
  readonly #worker: Worker;
  #ended = false;
  #remote!: Remote<ChildFunctions>;

  private constructor() {
    const script = new URL('../fixtures/calling-worker.js', import.meta.url);
    this.#worker = new Worker(script);
  }

  static async start(): Promise<WorkerCaller> {
    const caller = new WorkerCaller();
    const ready = new Promise<void>((resolve, reject) => {
      caller.#worker.once('error', reject);
      caller.#remote = connectToWorker<ChildFunctions>(caller.#worker, {
        event: (name) => {
          if (name === 'ready') resolve();
        },
      } satisfies TestFunctions);
    });
    caller.#worker.once('exit', () => {
      caller.#ended = true;
      void caller.#remote.$rejectPendingCalls(({ reject }) => {
        reject(new WorkerEnded());
      });
    });
    await ready;
    return caller;
  }

  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  connect = (clsid: string) => this.#ask<string>('connect', clsid);
  closeConnection = () => this.#ask<undefined>('closeConnection');
  createCall = () => this.#ask<string>('createCall');
  begin = (key: string) => this.#ask<string>('begin', key);
  wait = (milliseconds?: number) => this.#ask<string>('wait', milliseconds);
  cancel = () => this.#ask<string>('cancel');
  finish = () => this.#ask<string>('finish');
  release = () => this.#ask<undefined>('release');
  call = (key: string) => this.#ask<undefined>('call', key);
  callAborted = (key: string) => this.#ask<string>('callAborted', key);
  abort = () => this.#ask<undefined>('abort');
  outcome = () => this.#ask<string>('outcome');

  async #ask<Answer>(command: string, ...args: unknown[]): Promise<Answer> {
    if (this.#ended) throw new WorkerEnded();
    const answer = this.#remote.ask(command, ...args) as Promise<Answer>;
    return within(15_000, answer, `the worker's ${command}`);
  }
}

function connected<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('the caller has not connected');
  return value;
}

async function ending(call: Promise<Value>): Promise<string> {
  try {
    const value = await call;
    return value === 'not cancelled' ? 'S_OK' : `returned ${inspect(value)}`;
  } catch (error) {
    return codeOf(error);
  }
}

function codeOf(error: unknown): string {
  if (error instanceof ComError) return error.code;
  throw error;
}
