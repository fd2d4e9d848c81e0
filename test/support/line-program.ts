import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';

import { startNewProcess } from '#lib/ipc/start-new-process.js';

/** A C++ or .NET program of the tests or the benchmark. It reads commands and writes answers, one a line. */
export class LineProgram {
  /** Resolves with the exit code when the program has ended. `null` if it was killed. */
  readonly exited: Promise<number | null>;
  readonly #process: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;

  /**
   * @param name - The name of the program's file, without `.exe`. A .NET program has a full path:
   *   `dotnetProgram()`.
   * @param start - Runs the function that starts the process. By default the process gets an id that
   *   no earlier one had.
   */
  constructor(
    name: string,
    args: readonly string[],
    start = startNewProcess,
    env: NodeJS.ProcessEnv = process.env,
  ) {
    const file = resolve('build/tests/build/Release', `${name}.exe`);
    this.#process = start(() => spawn(file, args, { env, stdio: ['pipe', 'pipe', 'inherit'] }));
    this.exited = new Promise((settle, reject) => {
      this.#process.once('error', reject);
      this.#process.once('close', settle);
    });
    this.#lines = createInterface({ input: this.#process.stdout })[Symbol.asyncIterator]();
    // If the program has ended, whoever waits for its next line learns that.
    this.#process.stdin.on('error', () => undefined);
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  write(line: string): void {
    this.#process.stdin.write(`${line}\n`);
  }

  /** The next line that the program writes. `undefined` when it has closed its output. */
  async next(): Promise<string | undefined> {
    const line = await this.#lines.next();
    return line.done === true ? undefined : line.value;
  }

  /** Tells the program to end. */
  closeInput(): void {
    this.#process.stdin.end();
  }

  kill(): void {
    this.#process.kill();
  }
}
