// Starts, asks and ends the processes of this part.
import { once } from 'node:events';
import { resolve } from 'node:path';

import { endProcess, startProcess } from '#lib/ipc/channel.js';
import { startNewProcess } from '#lib/ipc/start-new-process.js';
import { LineProgram } from '#test/support/line-program.js';
import { testAddonEnv } from '#test/support/test-addon.js';

export const proxyStub = resolve('build/Release/async_com_ps.dll');

/** How long a process may take for a batch before it counts as one that does not answer. */
const patience = 60_000;

/** A process has ended, or does not answer. */
export class GaveWay extends Error {}

/** Wine fills freed memory, so that its use shows. A process that crashes ends at once. */
const hostEnv = {
  WINEDEBUG: '-all,warn+heap',
  WINEDLLOVERRIDES: 'winemenubuilder.exe,mscoree,mshtml,winedbg.exe=d',
};

/** A process of this part, and how to talk to it. */
export class Running<Functions> {
  readonly pid: number;
  readonly #name: string;
  readonly #functions: Functions;
  readonly #gone: Promise<never>;
  readonly #end: () => Promise<void>;
  readonly #kill: () => Promise<void>;
  #hasEnded = false;

  constructor(
    name: string,
    pid: number | undefined,
    functions: Functions,
    exited: Promise<unknown>,
    end: () => Promise<void>,
    kill: () => Promise<void>,
  ) {
    this.pid = pid ?? 0;
    this.#name = name;
    this.#functions = functions;
    this.#gone = exited.then((code) => {
      this.#hasEnded = true;
      throw new GaveWay(`${name} has ended with exit code ${String(code)}`);
    });
    this.#gone.catch(() => undefined);
    this.#end = end;
    this.#kill = kill;
  }

  /** @throws GaveWay - The process has ended, or does not answer in time. */
  async ask<T>(
    question: (functions: Functions) => Promise<T>,
    milliseconds = patience,
  ): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new GaveWay(`${this.#name} does not answer`));
      }, milliseconds);
    });
    try {
      return await Promise.race([question(this.#functions), this.#gone, late]);
    } catch (error) {
      if (error instanceof GaveWay || !this.#hasEnded) throw error;
      throw new GaveWay((error as Error).message, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  end(): Promise<void> {
    return this.#end();
  }

  kill(): Promise<void> {
    return this.#kill();
  }
}

/** Starts one of the C++ programs. Its function writes a line and reads the answer. */
export async function startProgram(
  name: string,
  ...args: string[]
): Promise<Running<(line: string) => Promise<string>>> {
  const program = new LineProgram(name, args, startNewProcess, { ...process.env, ...hostEnv });
  const next = async () => {
    const line = await program.next();
    // `exited` says more.
    return line ?? new Promise<string>(() => undefined);
  };
  const kill = async () => {
    program.kill();
    await program.exited;
  };
  const running = new Running(
    name,
    program.pid,
    (line: string) => {
      program.write(line);
      return next();
    },
    program.exited,
    async () => {
      program.closeInput();
      // Under Wine a process that ends sometimes hangs.
      const timer = setTimeout(() => {
        program.kill();
      }, 5000);
      await program.exited;
      clearTimeout(timer);
    },
    kill,
  );
  const first = await running.ask(next);
  if (first !== 'ready') {
    await kill();
    throw new GaveWay(`${name} ${first}`);
  }
  return running;
}

/** Starts a Node process with the test addon. */
export async function startNode<Functions extends object>(
  script: string,
  env: NodeJS.ProcessEnv,
  ...args: string[]
): Promise<Running<{ readonly [Name in keyof Functions]: Asynchronous<Functions[Name]> }>> {
  const started = await startProcess<Functions>(
    new URL(`../processes/${script}.js`, import.meta.url),
    args,
    {
      name: script,
      env: {
        ...testAddonEnv,
        ...hostEnv,
        // V8's young generation grows with its work. That growth would hide a leak.
        NODE_OPTIONS: '--expose-gc --max-semi-space-size=1',
        ...env,
      },
    },
  );
  const child = started.process;
  const exited = once(child, 'exit').then(([code]) => code as number | null);
  return new Running(
    script,
    child.pid,
    started.remote as unknown as { [Name in keyof Functions]: Asynchronous<Functions[Name]> },
    exited,
    () => endProcess(child, 5000),
    async () => {
      child.kill();
      await exited;
    },
  );
}

type Asynchronous<F> = F extends (...args: infer Args) => infer Value
  ? (...args: Args) => Promise<Awaited<Value>>
  : never;
