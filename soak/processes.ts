// Starts and ends the processes of the soak.
import { once } from 'node:events';
import { resolve } from 'node:path';

import type { ChildProcess } from 'node:child_process';

import { endProcess, type Remote, startProcess } from '#lib/ipc/channel.js';
import { LineProgram } from '#test/support/line-program.js';
import { testAddonEnv } from '#test/support/test-addon.js';
import { within } from '#test/support/within.js';

import type { ClientFunctions } from './processes/client.js';
import type { ServerFunctions } from './processes/server.js';
import type { WorkerHostFunctions } from './processes/worker-host.js';

/** How long anything may take that a test waits for, in milliseconds. */
export const deadline = 30_000;

export const proxyStub = resolve('build/Release/async_com_ps.dll');

/** A process of Node.js that has functions. */
export class NodeProcess<Functions extends object> implements AsyncDisposable {
  readonly remote: Remote<Functions>;
  readonly #name: string;
  readonly #process: ChildProcess;

  private constructor(name: string, process: ChildProcess, remote: Remote<Functions>) {
    this.#name = name;
    this.#process = process;
    this.remote = remote;
  }

  static async start<Functions extends object>(
    script: string,
    ...args: string[]
  ): Promise<NodeProcess<Functions>> {
    const file = new URL(`./processes/${script}.js`, import.meta.url);
    const name = `the soak's ${script}`;
    const started = startProcess<Functions>(file, args, { name, env: testAddonEnv });
    const { process, remote } = await within(deadline, started, `${name} to start`);
    return new NodeProcess(name, process, remote);
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Waits for what one of its functions returns. @throws Error - Too long, or it has ended. */
  answer<T>(promise: Promise<T>, milliseconds = deadline): Promise<T> {
    return within(milliseconds, promise, `${this.#name} to answer`);
  }

  async kill(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill();
    await within(deadline, ended, `${this.#name} to end after it was killed`);
  }

  /** Ends it. If it does not end in time, it is killed. */
  async [Symbol.asyncDispose](): Promise<void> {
    await within(deadline, endProcess(this.#process, 5000), `${this.#name} to end`);
  }
}

export const startServer = (clsid: string): Promise<NodeProcess<ServerFunctions>> =>
  NodeProcess.start('server', clsid);

export const startClient = (): Promise<NodeProcess<ClientFunctions>> => NodeProcess.start('client');

/** Starts a process with the server or the client of the soak in a worker thread. */
export const startWorkerHost = (): Promise<NodeProcess<WorkerHostFunctions>> =>
  NodeProcess.start('worker-host');

/** A C++ program. It has answered that it is ready. */
export class NativeProcess implements AsyncDisposable {
  readonly #name: string;
  readonly #program: LineProgram;

  private constructor(name: string, program: LineProgram) {
    this.#name = name;
    this.#program = program;
  }

  static async start(name: string, ...args: string[]): Promise<NativeProcess> {
    const process = new NativeProcess(name, new LineProgram(name, args));
    try {
      await process.nextLine(10_000);
    } catch (error) {
      await process.kill();
      throw error;
    }
    return process;
  }

  get pid(): number {
    return this.#program.pid ?? 0;
  }

  /** @throws Error - It has ended, or its line says that it has failed, or the wait is too long. */
  async nextLine(milliseconds = deadline): Promise<string> {
    const line = await within(milliseconds, this.#program.next(), `a line of ${this.#name}`);
    if (line === undefined) throw new Error(`${this.#name} has ended`);
    if (line.startsWith('failed')) throw new Error(`${this.#name} ${line}`);
    return line;
  }

  write(line: string): void {
    this.#program.write(line);
  }

  async kill(): Promise<void> {
    this.#program.kill();
    await within(deadline, this.#program.exited, `${this.#name} to end after it was killed`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#program.closeInput();
    try {
      await within(5000, this.#program.exited, `${this.#name} to end`);
    } catch {
      await this.kill();
    }
  }
}

/** Starts the C++ server: test/interop/programs/server.cpp. */
export const startPlainServer = (clsid: string): Promise<NativeProcess> =>
  NativeProcess.start('interop_server', clsid, proxyStub, 'soak');

/** Starts the C++ client: test/interop/programs/sync_client.cpp. */
export const startPlainClient = (clsid: string): Promise<NativeProcess> =>
  NativeProcess.start('interop_sync_client', clsid, proxyStub);

/** Starts a C++ client that makes many calls: bench/native/load_client.cpp. */
export const startLoadClient = (clsid: string): Promise<NativeProcess> =>
  NativeProcess.start('bench_load_client', clsid, proxyStub, 'method-call');

/** Processes that end together, the last one first. */
export class Processes implements AsyncDisposable {
  readonly #all: AsyncDisposable[] = [];

  async add<Process extends AsyncDisposable>(starting: Promise<Process>): Promise<Process> {
    try {
      const process = await starting;
      this.#all.push(process);
      return process;
    } catch (error) {
      await this[Symbol.asyncDispose]();
      throw error;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const process of this.#all.splice(0).reverse()) await process[Symbol.asyncDispose]();
  }
}
