// The benchmark's processes, as the program that runs them has them.
import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

import type { ClientMeasured, Load, Spent } from './load.js';

const proxyStub = resolve('build/Release/async_com_ps.dll');

export interface Server {
  /** What it spent since it was last asked; `null` where it is not Node. */
  spent(): Promise<Spent | null>;
  end(): Promise<void>;
}

export interface Client {
  run(load: Load): Promise<ClientMeasured>;
  end(): Promise<void>;
}

/** A program of ours in C++, which is told and answers in lines. */
class NativeProgram {
  readonly #process: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  constructor(name: string, args: readonly string[]) {
    const file = resolve(`build/tests/build/Release/${name}.exe`);
    const process = spawn(file, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#process = process;
    this.#lines = createInterface({ input: process.stdout })[Symbol.asyncIterator]();
  }

  async ask(line: string): Promise<string> {
    this.#process.stdin?.write(`${line}\n`);
    return this.answer();
  }

  /** @throws Error - it failed. */
  async answer(): Promise<string> {
    const line = await this.#lines.next();
    if (line.done === true) throw new Error(`${this.#process.spawnfile} has ended`);
    if (line.value.startsWith('failed')) {
      throw new Error(`${this.#process.spawnfile} ${line.value}`);
    }
    return line.value;
  }

  async end(): Promise<void> {
    const ended = once(this.#process, 'close');
    this.#process.stdin?.end();
    await ended;
  }
}

export async function startNativeServer(clsid: string): Promise<Server> {
  const program = new NativeProgram('interop_server', [clsid, proxyStub, 'bench']);
  await program.answer();
  return { spent: () => Promise.resolve(null), end: () => program.end() };
}

export async function startNativeClient(clsid: string): Promise<Client> {
  const program = new NativeProgram('bench_load_client', [clsid, proxyStub]);
  await program.answer();
  return {
    async run({ inFlight, bytes, calls }) {
      const nanoseconds = Number(await program.ask([inFlight, bytes, calls].join(' ')));
      return { milliseconds: nanoseconds / 1e6, client: null };
    },
    end: () => program.end(),
  };
}

/** A Node process, which is told and answers in messages. */
class NodeProcess {
  readonly #process: ChildProcess;

  constructor(script: string, args: readonly string[]) {
    this.#process = fork(fileURLToPath(new URL(`./processes/${script}.js`, import.meta.url)), args);
  }

  async ask(message: object): Promise<unknown> {
    const answer = this.answer();
    this.#process.send(message);
    return answer;
  }

  /** @throws Error - it has ended. */
  async answer(): Promise<unknown> {
    const over = new AbortController();
    try {
      return await Promise.race([
        once(this.#process, 'message', over).then(([message]) => message as unknown),
        once(this.#process, 'exit', over).then(([code]) => {
          throw new Error(`a process of the benchmark ended with exit code ${String(code)}`);
        }),
      ]);
    } finally {
      over.abort();
    }
  }

  async end(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.disconnect();
    await ended;
  }
}

export async function startTypeScriptServer(clsid: string): Promise<Server> {
  const server = new NodeProcess('server', [clsid]);
  await server.answer();
  return { spent: async () => (await server.ask({})) as Spent, end: () => server.end() };
}

export async function startTypeScriptClient(clsid: string): Promise<Client> {
  const client = new NodeProcess('client', [clsid]);
  await client.answer();
  return {
    run: async (load) => (await client.ask(load)) as ClientMeasured,
    end: () => client.end(),
  };
}
