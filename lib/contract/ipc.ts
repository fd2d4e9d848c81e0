// Questions and answers between the processes of a verification, over Node's own channel.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** One side of a channel: a child process, or this process towards its parent. */
export interface Channel {
  on(event: 'message' | 'disconnect' | 'exit', listener: (message?: unknown) => void): unknown;
  send(message: object | string): unknown;
  readonly connected: boolean;
}

interface Question {
  readonly ask: number;
  readonly what: string;
  readonly argument: unknown;
}

interface Answer {
  readonly answer: number;
  readonly value?: unknown;
  readonly error?: string;
}

type Answers = Readonly<Record<string, (argument: never) => unknown>>;

/** Starts one of this folder's processes. */
export function forkProcess(file: string, args: string[], env = process.env): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    // Bigints are part of what is said.
    serialization: 'advanced',
    env,
  });
}

/** The first thing that a process says. @throws Error - it ended before it said anything. */
export async function firstMessage<T>(child: ChildProcess, name: string): Promise<T> {
  return Promise.race([
    once(child, 'message').then(([message]) => message as T),
    once(child, 'exit').then(([code]) => {
      throw new Error(`the ${name} process ended at its start, with exit code ${String(code)}`);
    }),
  ]);
}

/** This process’s channel to its parent. Without one, the process was not started by us. */
export function parentChannel(): Channel {
  if (process.send === undefined) throw new Error('this program is started by async-com verify');
  return process as unknown as Channel;
}

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** The asking side of a channel. */
export class Asker {
  readonly #channel: Channel;
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;
  #ended: Error | undefined;

  constructor(channel: Channel, name: string) {
    this.#channel = channel;
    channel.on('message', (said) => {
      const message = said as Answer;
      const waiting = this.#waiting.get(message.answer);
      if (waiting === undefined) return;
      this.#waiting.delete(message.answer);
      if (message.error === undefined) waiting.resolve(message.value);
      else waiting.reject(new Error(message.error));
    });
    const end = (): void => {
      this.#ended ??= new Error(`the ${name} process has ended`);
      for (const { reject } of this.#waiting.values()) reject(this.#ended);
      this.#waiting.clear();
    };
    channel.on('exit', end);
    channel.on('disconnect', end);
  }

  ask<T>(what: string, argument?: unknown): Promise<T> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    const ask = ++this.#last;
    return new Promise<T>((resolve, reject) => {
      this.#waiting.set(ask, {
        resolve: (value) => {
          resolve(value as T);
        },
        reject,
      });
      this.#channel.send({ ask, what, argument } satisfies Question);
    });
  }
}

/** Answers what the other side asks. */
export function answer(channel: Channel, answers: Answers): void {
  const reply = async ({ ask, what, argument }: Question): Promise<Answer> => {
    try {
      const respond = answers[what];
      if (respond === undefined) throw new Error(`nobody answers ${what}`);
      return { answer: ask, value: await respond(argument as never) };
    } catch (error) {
      return { answer: ask, error: error instanceof Error ? error.message : String(error) };
    }
  };
  channel.on('message', (said) => {
    const message = said as Question;
    if (typeof message.ask !== 'number') return;
    void reply(message).then((reply) => {
      // Who asked may have ended since.
      if (channel.connected) channel.send(reply);
    });
  });
}
