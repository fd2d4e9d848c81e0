// Starts and controls the processes of the benchmark.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';

import { type Remote, startProcess } from '#lib/verify/processes/channel.js';

import type { ClientMeasured, Load, Spent } from './load.js';
import type { ClientFunctions } from './processes/client.js';
import type { ServerFunctions } from './processes/server.js';

const proxyStub = resolve('build/Release/async_com_ps.dll');

export interface Server {
  /** Returns what it spent since the last call. `null` if it is not a Node process. */
  spent(): Promise<Spent | null>;
  end(): Promise<void>;
}

export interface Client {
  run(load: Load): Promise<ClientMeasured>;
  end(): Promise<void>;
}

/** A C++ program of the benchmark. It reads commands and writes answers, one in a line. */
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

  /** Reads the next answer. @throws Error - The program has failed or ended. */
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

interface NodeProcess<Functions extends object> {
  readonly remote: Remote<Functions>;
  readonly end: () => Promise<void>;
}

async function startNode<Functions extends object>(
  script: 'server' | 'client',
  clsid: string,
): Promise<NodeProcess<Functions>> {
  const file = new URL(`./processes/${script}.js`, import.meta.url);
  const { process, remote } = await startProcess<Functions>(file, [clsid], {
    name: `the benchmark's ${script} process`,
  });
  return {
    remote,
    async end() {
      const ended = once(process, 'exit');
      process.disconnect();
      await ended;
    },
  };
}

export async function startTypeScriptServer(clsid: string): Promise<Server> {
  const { remote, end } = await startNode<ServerFunctions>('server', clsid);
  return { spent: () => remote.spent(), end };
}

export async function startTypeScriptClient(clsid: string): Promise<Client> {
  const { remote, end } = await startNode<ClientFunctions>('client', clsid);
  return { run: (load) => remote.run(load), end };
}
