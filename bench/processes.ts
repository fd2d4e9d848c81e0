// Starts and controls the processes of the benchmark.
import { once } from 'node:events';
import { resolve } from 'node:path';

import { type Remote, startProcess } from '#lib/ipc/channel.js';
import { dotnetProgram } from '#test/support/dotnet.js';
import { LineProgram } from '#test/support/line-program.js';

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

/** Starts a C++ or .NET program. It writes a line when it is ready. */
async function startProgram(name: string, args: readonly string[]): Promise<LineProgram> {
  const program = new LineProgram(name, args);
  await answerOf(program, name);
  return program;
}

/** Reads the next line of a program. @throws Error - The program has failed or ended. */
async function answerOf(program: LineProgram, name: string): Promise<string> {
  const line = await program.next();
  if (line === undefined) throw new Error(`${name} has ended`);
  if (line.startsWith('failed')) throw new Error(`${name} ${line}`);
  return line;
}

async function end(program: LineProgram): Promise<void> {
  program.closeInput();
  await program.exited;
}

export const startNativeServer = (clsid: string) => startServer('interop_server', clsid);

export const startDotnetServer = (clsid: string) => startServer(dotnetProgram('server'), clsid);

async function startServer(name: string, clsid: string): Promise<Server> {
  const program = await startProgram(name, [clsid, proxyStub, 'bench']);
  return { spent: () => Promise.resolve(null), end: () => end(program) };
}

/** Starts the client that calls by `IMethodCall`. */
export const startNativeClient = (clsid: string) => startLoadClient(clsid, 'method-call');

/** Starts the client that calls by `IDispatch::Invoke`, with a DISPID that it knows. */
export const startDispatchClient = (clsid: string) => startLoadClient(clsid, 'dispatch');

async function startLoadClient(clsid: string, by: 'method-call' | 'dispatch'): Promise<Client> {
  const name = 'bench_load_client';
  const program = await startProgram(name, [clsid, proxyStub, by]);
  return {
    async run({ inFlight, bytes, calls }) {
      program.write([inFlight, bytes, calls].join(' '));
      const nanoseconds = Number(await answerOf(program, name));
      return { milliseconds: nanoseconds / 1e6, client: null };
    },
    end: () => end(program),
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
