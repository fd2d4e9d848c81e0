import { native } from '#lib/native/addon.js';

import { type DotnetProgram, dotnetProgram } from './dotnet.js';
import { LineProgram } from './line-program.js';
import { within } from './within.js';

const deadline = 20_000;

/** A PowerShell script compiles code before it writes its first line. */
const deadlineOfScripts = 60_000;

/** Far longer than a program takes to end, in milliseconds. */
const graceUnderWine = 5_000;

/** The error of a program that could not start: the step that failed, and its HRESULT. */
export class ProgramFailure extends Error {
  readonly hresult: number;
  readonly step: string;

  constructor(hresult: number, step: string) {
    super(`${step} failed with 0x${hresult.toString(16)}`);
    this.hresult = hresult;
    this.step = step;
  }
}

/** A running program of test/interop/programs or test/interop/dotnet. It reads commands and writes answers, one a line. */
export class Program implements AsyncDisposable {
  readonly #name: string;
  readonly #program: LineProgram;

  private constructor(name: string, file: string, args: readonly string[]) {
    this.#name = name;
    this.#program = new LineProgram(file, args);
  }

  /**
   * Starts a C++ program. Resolves when the program reports that it is ready.
   *
   * @throws ProgramFailure - The program reports that a step failed.
   */
  static start(name: string, ...args: string[]): Promise<Program> {
    return Program.#ready(new Program(name, `interop_${name}`, args));
  }

  /** Starts a .NET program, as {@link start} does. */
  static startDotnet(name: DotnetProgram, ...args: string[]): Promise<Program> {
    return Program.#ready(new Program(name, dotnetProgram(name), args));
  }

  /** Runs a C++ program that reads no commands. Returns the lines that it wrote. */
  static async run(name: string, ...args: string[]): Promise<string[]> {
    return (await new Program(name, `interop_${name}`, args).#run()).lines;
  }

  /** Runs a .NET program that reads no commands. Returns its exit code and the lines that it wrote. */
  static runDotnet(
    name: DotnetProgram,
    ...args: string[]
  ): Promise<{ code: number | null; lines: string[] }> {
    return new Program(name, dotnetProgram(name), args).#run();
  }

  static async #ready(program: Program): Promise<Program> {
    let first: string;
    try {
      first = await program.nextLine();
      if (first === 'ready') return program;
    } catch (error) {
      program.#program.kill();
      throw error;
    }
    await program.end();
    const [word, hresult = '', ...step] = first.split(' ');
    if (word !== 'failed')
      throw new Error(`${program.#name} wrote an unknown first line: ${first}`);
    throw new ProgramFailure(parseInt(hresult, 16), step.join(' '));
  }

  /** Writes a line to the program. */
  tell(line: string): void {
    this.#program.write(line);
  }

  async nextLine(): Promise<string> {
    const line = await this.#next();
    if (line !== undefined) return line;
    throw new Error(`the program ended with exit code ${String(await this.#program.exited)}`);
  }

  /** Ends the program at once, as a crash does. */
  kill(): void {
    this.#program.kill();
  }

  /** Closes the program's input, so that the program ends. Returns its exit code. */
  async end(): Promise<number | null> {
    this.#program.closeInput();
    try {
      return await within(deadline, this.#program.exited, `${this.#name} to end`);
    } catch (error) {
      this.#program.kill();
      throw error;
    }
  }

  /**
   * Ends a program whose end the test does not check. Under Wine, a process that ends while its
   * threads are in system calls sometimes hangs for ever. Threads that wait for calls are in system
   * calls.
   */
  async [Symbol.asyncDispose](): Promise<void> {
    const timer = setTimeout(() => {
      if (native.wineVersion() !== null) this.#program.kill();
    }, graceUnderWine);
    try {
      await this.end();
    } finally {
      clearTimeout(timer);
    }
  }

  async #run(): Promise<{ code: number | null; lines: string[] }> {
    const lines: string[] = [];
    try {
      for (let line; (line = await this.#next(deadlineOfScripts)) !== undefined;) lines.push(line);
    } catch (error) {
      this.#program.kill();
      throw error;
    }
    return { code: await this.end(), lines };
  }

  async #next(milliseconds = deadline): Promise<string | undefined> {
    return within(milliseconds, this.#program.next(), `${this.#name} to answer`);
  }
}
