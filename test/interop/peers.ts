import { ComError, connect, type Connection, type Value } from 'async-com';

import { Child } from '../support/child.js';
import { Program, ProgramFailure } from '../support/program.js';
import { proxyStubDll32 } from '../support/proxy-stub-registry.js';
import { skip } from '../support/skip.js';
import { whyNo32Bits } from '../support/thirty-two-bits.js';
import { textOf, wordsOf } from '../support/variant-words.js';

/** Where a program that is not ours has the proxy/stub from: the registry, or this DLL. */
export type ProxyStub = string;

/** How a call ended, in words that are the same whoever called. */
export type Answer =
  | { readonly value: string }
  | { readonly handler: number; readonly source: string; readonly description: string }
  | { readonly failed: number };

export interface Client extends AsyncDisposable {
  call(method: string, ...args: Value[]): Promise<Answer>;
}

/** A call, and the function that tells the server to cancel it. */
export interface CancellableCall {
  readonly answer: Promise<Answer>;
  /** Returns the HRESULT of `CancelCall`, as a value. */
  readonly cancel: () => Promise<Answer>;
}

/** A way in which .NET offers COM, and an apartment. */
export interface DotnetClientKind {
  readonly kind: 'ComImport' | 'GeneratedComInterface';
  readonly apartment: 'MTA' | 'STA';
}

export const dotnetClientKinds: readonly DotnetClientKind[] = [
  { kind: 'ComImport', apartment: 'MTA' },
  { kind: 'ComImport', apartment: 'STA' },
  { kind: 'GeneratedComInterface', apartment: 'MTA' },
  { kind: 'GeneratedComInterface', apartment: 'STA' },
];

/** A client that can say more than TypeScript can. */
export class NativeClient implements Client {
  readonly #program: Program;
  readonly #waiting = new Map<string, (answer: Answer) => void>();
  #lastId = 0;
  #broken: Error | undefined;

  private constructor(program: Program) {
    this.#program = program;
    void this.#listen();
  }

  /** @throws ProgramFailure - it could not activate the class, or not use what it got. */
  static async start(
    program: 'sync_client' | 'sync_client_x86' | 'async_client',
    clsid: string,
    proxyStub: ProxyStub,
  ): Promise<NativeClient> {
    return new NativeClient(await Program.start(program, clsid, proxyStub));
  }

  /** Starts the C# client. @throws ProgramFailure - as {@link start} */
  static async startDotnet(
    { kind, apartment }: DotnetClientKind,
    clsid: string,
    proxyStub: ProxyStub,
  ): Promise<NativeClient> {
    return new NativeClient(await Program.startDotnet('client', clsid, proxyStub, kind, apartment));
  }

  call(method: string, ...args: Value[]): Promise<Answer> {
    return this.callInWords(method, ...args.map(wordsOf));
  }

  callInWords(method: string, ...args: string[]): Promise<Answer> {
    return this.#send(wordsOf(method), ...args).answer;
  }

  /** Makes a call that can be cancelled. Only the C# client can do this. */
  cancellable(method: string, ...args: Value[]): CancellableCall {
    const { id, answer } = this.#send(wordsOf(method), ...args.map(wordsOf));
    return { answer, cancel: () => this.#send('cancel', id).answer };
  }

  /**
   * Asks for an interface that no object has. Returns the HRESULT, as a value. Only the C# client can
   * do this.
   */
  askForUnknown(): Promise<Answer> {
    return this.#send('unknown').answer;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const code = await this.#program.end();
    if (code !== 0) throw new Error(`the client ended with exit code ${String(code)}`);
  }

  #send(...command: string[]): { id: string; answer: Promise<Answer> } {
    const id = String(++this.#lastId);
    if (this.#broken !== undefined) return { id, answer: Promise.reject(this.#broken) };
    this.#program.tell([id, ...command].join(' '));
    return { id, answer: new Promise((resolve) => this.#waiting.set(id, resolve)) };
  }

  async #listen(): Promise<void> {
    try {
      for (;;) this.#received(await this.#program.nextLine());
    } catch (error) {
      this.#broken = error as Error;
    }
  }

  #received(line: string): void {
    const [id = '', word, ...parts] = line.split(' ');
    if (word === 'begun') return;
    this.#waiting.get(id)?.(answerOf(word, parts));
    this.#waiting.delete(id);
  }
}

function answerOf(word: string | undefined, parts: readonly string[]): Answer {
  const [first = '', source = '', description = ''] = parts;
  if (word === 'value') return { value: first };
  const hresult = parseInt(first, 16);
  if (word !== 'handler') return { failed: hresult };
  return { handler: hresult, source: textOf(source), description: textOf(description) };
}

type Caller = (connection: Connection, method: string, args: Value[]) => Promise<Value>;

/** COM's own steps. */
async function callInSteps(connection: Connection, method: string, args: Value[]): Promise<Value> {
  using call = await connection.createCall();
  await call.begin(method, ...args);
  await call.wait();
  return await call.finish();
}

/** A connection of ours. */
export class TypeScriptClient implements Client {
  readonly #connection: Connection;
  readonly #call: Caller;

  private constructor(connection: Connection, call: Caller) {
    this.#connection = connection;
    this.#call = call;
  }

  static async start(clsid: string, call: Caller): Promise<TypeScriptClient> {
    return new TypeScriptClient(await connect(clsid), call);
  }

  async call(method: string, ...args: Value[]): Promise<Answer> {
    try {
      return { value: wordsOf(await this.#call(this.#connection, method, args)) };
    } catch (error) {
      if (!(error instanceof ComError)) throw error;
      const { hresult, origin, source, message } = error;
      if (origin === 'call') return { failed: hresult };
      return { handler: hresult, source: source ?? '', description: message };
    }
  }

  [Symbol.asyncDispose](): Promise<void> {
    this.#connection.close();
    return Promise.resolve();
  }
}

/** The clients that a server may have. */
export interface ClientKind {
  readonly name: string;
  /** Returns why the client cannot run here, if it cannot. */
  unavailable?(proxyStub: ProxyStub): string | undefined;
  start(clsid: string, proxyStub: ProxyStub): Promise<Client>;
}

export const clients: readonly ClientKind[] = [
  {
    name: 'a native client, synchronously',
    start: (clsid, proxyStub) => NativeClient.start('sync_client', clsid, proxyStub),
  },
  {
    name: 'a 32-bit native client, synchronously',
    unavailable(proxyStub) {
      const reason = whyNo32Bits(proxyStubDll32);
      if (reason !== undefined) return reason;
      return proxyStub === 'registered' ? 'only the 64-bit proxy/stub is registered' : undefined;
    },
    start: (clsid) => NativeClient.start('sync_client_x86', clsid, proxyStubDll32),
  },
  {
    name: 'a native client, asynchronously',
    start: (clsid, proxyStub) => NativeClient.start('async_client', clsid, proxyStub),
  },
  {
    name: 'a TypeScript client',
    start: (clsid) =>
      TypeScriptClient.start(clsid, (connection, method, args) => connection.call(method, ...args)),
  },
  {
    name: 'a TypeScript client, step by step',
    start: (clsid) => TypeScriptClient.start(clsid, callInSteps),
  },
];

/** Starts a client in a `before` hook. Skips the suite if the client cannot run here. */
export async function started(
  context: Mocha.Context,
  client: ClientKind,
  clsid: string,
  proxyStub: ProxyStub,
): Promise<Client> {
  const reason = client.unavailable?.(proxyStub);
  if (reason !== undefined) skip(context, reason);
  try {
    return await client.start(clsid, proxyStub);
  } catch (error) {
    if (!(error instanceof ProgramFailure) || error.step !== 'ICallFactory') throw error;
    skip(context, 'COM offers no ICallFactory on proxies here');
  }
}

/** What failed handlers of both servers say that they are. */
export const serverName = 'Interop.Server';

export const servers: readonly {
  readonly name: string;
  start(clsid: string, proxyStub: ProxyStub): Promise<AsyncDisposable>;
}[] = [
  {
    name: 'a native server without a call object',
    start: (clsid, proxyStub) => Program.start('server', clsid, proxyStub, serverName),
  },
  {
    name: 'a TypeScript server',
    start: (clsid) => Child.start('interop-server', clsid, serverName),
  },
];
