import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { startAnew } from './start-anew.js';
import { within } from './within.js';

export interface Exit {
  /** `null` where the process was killed. */
  readonly code: number | null;
  /** From when the process was told to end, or started, in milliseconds. */
  readonly milliseconds: number;
  readonly errors: string;
}

/** What a command in another process failed with. */
export class RemoteError extends Error {
  readonly hresult: number | undefined;
  readonly code: string | undefined;
  readonly origin: string | undefined;
  readonly source: string | undefined;

  constructor(error: ErrorParts) {
    super(error.message);
    this.name = error.name;
    this.hresult = error.hresult;
    this.code = error.code;
    this.origin = error.origin;
    this.source = error.source;
  }
}

export interface ErrorParts {
  readonly name: string;
  readonly message: string;
  readonly hresult?: number | undefined;
  readonly code?: string | undefined;
  readonly origin?: string | undefined;
  readonly source?: string | undefined;
}

/** The messages between a test and a fixture: `support/parent.ts` is the other end. */
export interface ToFixture {
  /** 0: no answer is waited for. */
  readonly id: number;
  readonly command: string;
  readonly args: unknown[];
}
export type FromFixture =
  | { readonly reply: number; readonly value?: unknown; readonly error?: ErrorParts }
  | { readonly event: string; readonly value: unknown };

const deadline = 20_000;

const alive = new Set<Child>();

/** A process that runs one of `test/fixtures`, does what it is asked, and tells what happens. */
export class Child implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #exited: Promise<Exit>;
  readonly #replies = new Map<number, (message: FromFixture) => void>();
  readonly #events = new Map<string, unknown[]>();
  readonly #waiting: (() => void)[] = [];
  #exit: Exit | undefined;
  #lastId = 0;
  #told = performance.now();
  #errors = '';

  private constructor(fixture: string, args: readonly string[]) {
    const script = fileURLToPath(new URL(`../fixtures/${fixture}.js`, import.meta.url));
    this.#process = startAnew(() =>
      fork(script, args, {
        execArgv: ['--enable-source-maps'],
        serialization: 'advanced',
        stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
      }),
    );
    alive.add(this);
    this.#process.stderr?.on('data', (text: Buffer) => {
      this.#errors += text.toString();
    });
    this.#process.on('message', (message) => {
      this.#received(message as FromFixture);
    });
    this.#exited = new Promise((resolve) => {
      this.#process.once('close', (code: number | null, signal: string | null) => {
        const milliseconds = performance.now() - this.#told;
        this.#exit = { code: signal === null ? code : null, milliseconds, errors: this.#errors };
        alive.delete(this);
        resolve(this.#exit);
        this.#wake();
      });
    });
  }

  /** Resolves when the fixture says that it is ready. */
  static async start(fixture: string, ...args: string[]): Promise<Child> {
    const child = new Child(fixture, args);
    await child.next('ready');
    return child;
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** What the process wrote to its standard error so far. */
  get errors(): string {
    return this.#errors;
  }

  /** Runs a command of the fixture. Rejects with its error, or when the process ends before. */
  async ask(command: string, ...args: unknown[]): Promise<unknown> {
    const id = ++this.#lastId;
    let reply: FromFixture | undefined;
    this.#replies.set(id, (message) => {
      reply = message;
    });
    this.#send({ id, command, args });
    await this.#until(() => reply !== undefined, `an answer to ${command}`);
    this.#replies.delete(id);
    if (reply === undefined || !('reply' in reply)) throw new Error('unreachable');
    if (reply.error !== undefined) throw new RemoteError(reply.error);
    return reply.value;
  }

  /** Asks for something that ends the process, or keeps it busy: no answer is waited for. */
  tell(command: string, ...args: unknown[]): void {
    this.#told = performance.now();
    this.#send({ id: 0, command, args });
  }

  /** The next event of this name, which may have come already. */
  async next(event: string): Promise<unknown> {
    const events = () => this.#events.get(event) ?? [];
    await this.#until(() => events().length > 0, `the event '${event}'`);
    return events().shift();
  }

  kill(): Promise<Exit> {
    this.#told = performance.now();
    this.#process.kill();
    return this.exited();
  }

  async exited(): Promise<Exit> {
    return within(deadline, this.#exited, `process ${this.pid} to end`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#exit === undefined) await this.kill();
  }

  #send(message: ToFixture): void {
    // Where the process has gone, whoever waits for it is told so.
    this.#process.send(message, () => undefined);
  }

  #received(message: FromFixture): void {
    if ('reply' in message) {
      this.#replies.get(message.reply)?.(message);
    } else {
      const earlier = this.#events.get(message.event);
      if (earlier === undefined) this.#events.set(message.event, [message.value]);
      else earlier.push(message.value);
    }
    this.#wake();
  }

  #wake(): void {
    for (const look of this.#waiting.splice(0)) look();
  }

  async #until(done: () => boolean, what: string): Promise<void> {
    const overAt = performance.now() + deadline;
    while (!done()) {
      if (this.#exit !== undefined) {
        throw new Error(
          `process ${this.pid} ended with exit code ${String(this.#exit.code)} before ${what}:\n` +
            this.#exit.errors,
        );
      }
      const woken = new Promise<void>((resolve) => this.#waiting.push(resolve));
      await within(overAt - performance.now(), woken, what);
    }
  }
}

/** Ends what a failed test has left behind, so that the suite can end. */
export async function endChildren(): Promise<void> {
  await Promise.all([...alive].map((child) => child.kill()));
}
