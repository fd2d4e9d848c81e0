import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

import { native } from '#lib/native/addon.js';

import { startAnew } from './start-anew.js';
import { within } from './within.js';

const deadline = 20_000;

/** Far longer than a program takes to end. */
const graceUnderWine = 5_000;

/** A program that could not do what it is for: it says with which HRESULT, and at which step. */
export class ProgramFailure extends Error {
  readonly hresult: number;
  readonly step: string;

  constructor(hresult: number, step: string) {
    super(`${step} failed with 0x${hresult.toString(16)}`);
    this.hresult = hresult;
    this.step = step;
  }
}

/** One of test/interop/programs, running: it is told lines and answers with lines. */
export class Program implements AsyncDisposable {
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #exited: Promise<number | null>;
  readonly #lines: AsyncIterator<string>;

  private constructor(name: string, args: readonly string[]) {
    const file = resolve(`build/tests/build/Release/interop_${name}.exe`);
    this.#process = startAnew(() => spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'] }));
    this.#exited = new Promise((settle, reject) => {
      this.#process.once('error', reject);
      this.#process.once('close', settle);
    });
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
    // Where the program has gone, whoever waits for its next line is told so.
    this.#process.stdin.on('error', () => undefined);
  }

  /**
   * Resolves when the program says that it is ready.
   *
   * @throws ProgramFailure - it says that it cannot be.
   */
  static async start(name: string, ...args: string[]): Promise<Program> {
    const program = new Program(name, args);
    let first: string;
    try {
      first = await program.nextLine();
      if (first === 'ready') return program;
    } catch (error) {
      program.#process.kill();
      throw error;
    }
    await program.end();
    const [word, hresult = '', ...step] = first.split(' ');
    if (word !== 'failed') throw new Error(`${name} said ${first}`);
    throw new ProgramFailure(parseInt(hresult, 16), step.join(' '));
  }

  /** Runs a program that asks for nothing, and gives the lines it wrote. */
  static async run(name: string, ...args: string[]): Promise<string[]> {
    const program = new Program(name, args);
    const lines: string[] = [];
    for (let line; (line = await program.#next()) !== undefined;) lines.push(line);
    await program.end();
    return lines;
  }

  tell(line: string): void {
    this.#process.stdin.write(`${line}\n`);
  }

  async nextLine(): Promise<string> {
    const line = await this.#next();
    if (line !== undefined) return line;
    throw new Error(`the program ended with exit code ${String(await this.#exited)}`);
  }

  /** Closes the program's input, which it ends at; gives its exit code. */
  async end(): Promise<number | null> {
    this.#process.stdin.end();
    try {
      return await within(deadline, this.#exited, `${this.#process.spawnfile} to end`);
    } catch (error) {
      this.#process.kill();
      throw error;
    }
  }

  /**
   * Ends a program whose end is nobody's concern. Under Wine a process that ends while threads of its
   * own are in system calls, as those are that wait for calls, hangs now and then for ever.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    const timer = setTimeout(() => {
      if (native.wineVersion() !== null) this.#process.kill();
    }, graceUnderWine);
    try {
      await this.end();
    } finally {
      clearTimeout(timer);
    }
  }

  async #next(): Promise<string | undefined> {
    const next = await within(deadline, this.#lines.next(), `${this.#process.spawnfile} to answer`);
    return next.done === true ? undefined : next.value;
  }
}
