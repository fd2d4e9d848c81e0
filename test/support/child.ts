import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { connectToChild, type Remote } from '#lib/ipc/channel.js';
import { startNewProcess } from '#lib/ipc/start-new-process.js';

import { within } from './within.js';

export interface Exit {
  /** `null` if the process was killed. */
  readonly code: number | null;
  /** The time since the last `tell()` or `kill()`, or else since the start, in milliseconds. */
  readonly milliseconds: number;
  /** What the process wrote to standard error. */
  readonly errors: string;
}

/** What a fixture offers to its test: `support/parent.ts` implements it. */
export interface ChildFunctions {
  ask(command: string, ...args: unknown[]): unknown;
  /** Runs a command without an answer. */
  tell(command: string, ...args: unknown[]): void;
}

/** What a test offers to its fixture. */
export interface TestFunctions {
  event(name: string, value?: unknown): void;
}

const deadline = 20_000;

const alive = new Set<Child>();

/**
 * A process that runs one of `test/fixtures`. It runs commands of the test and sends events to it.
 */
export class Child implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #exited: Promise<Exit>;
  readonly #remote: Remote<ChildFunctions>;
  readonly #events = new Map<string, unknown[]>();
  readonly #waiting: (() => void)[] = [];
  #exit: Exit | undefined;
  #told = performance.now();
  #errors = '';

  private constructor(fixture: string, args: readonly string[], env: NodeJS.ProcessEnv) {
    const script = fileURLToPath(new URL(`../fixtures/${fixture}.js`, import.meta.url));
    this.#process = startNewProcess(() =>
      fork(script, args, {
        env,
        execArgv: ['--enable-source-maps'],
        serialization: 'advanced',
        stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
      }),
    );
    alive.add(this);
    this.#process.stderr?.on('data', (text: Buffer) => {
      this.#errors += text.toString();
    });
    const functions: TestFunctions = {
      event: (name, value) => {
        this.#happened(name, value);
      },
    };
    this.#remote = connectToChild<ChildFunctions>(this.#process, functions, () => this.#ended());
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

  /** Starts a fixture. Resolves when the fixture reports that it is ready. */
  static async start(fixture: string, ...args: string[]): Promise<Child> {
    return Child.startIn(process.env, fixture, ...args);
  }

  /** Does the same in an environment of its own. */
  static async startIn(env: NodeJS.ProcessEnv, fixture: string, ...args: string[]): Promise<Child> {
    const child = new Child(fixture, args, env);
    await child.next('ready');
    return child;
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** What the process has written to standard error so far. */
  get errors(): string {
    return this.#errors;
  }

  /** Runs a command of the fixture. Rejects with its error, or if the process ends first. */
  async ask(command: string, ...args: unknown[]): Promise<unknown> {
    return within(deadline, this.#remote.ask(command, ...args), `an answer to ${command}`);
  }

  /** Runs a command that ends the process or keeps it busy. Does not wait for an answer. */
  tell(command: string, ...args: unknown[]): void {
    this.#told = performance.now();
    // If the process has ended, whoever waits for it learns that.
    this.#remote.tell.asEvent(command, ...args).catch(() => undefined);
  }

  /** Returns the next event of this name. It may have arrived already. */
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

  #happened(name: string, value: unknown): void {
    const earlier = this.#events.get(name);
    if (earlier === undefined) this.#events.set(name, [value]);
    else earlier.push(value);
    this.#wake();
  }

  #wake(): void {
    for (const look of this.#waiting.splice(0)) look();
  }

  async #until(done: () => boolean, what: string): Promise<void> {
    const overAt = performance.now() + deadline;
    while (!done()) {
      if (this.#exit !== undefined) throw this.#ended();
      const woken = new Promise<void>((resolve) => this.#waiting.push(resolve));
      await within(overAt - performance.now(), woken, what);
    }
  }

  #ended(): Error {
    const { code, errors } = this.#exit ?? { code: null, errors: this.#errors };
    return new Error(`process ${this.pid} ended with exit code ${String(code)}:\n${errors}`);
  }
}

/** Ends the processes that failed tests have left, so that the suite can end. */
export async function endChildren(): Promise<void> {
  await Promise.all([...alive].map((child) => child.kill()));
}
