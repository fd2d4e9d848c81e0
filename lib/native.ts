import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { StepValues } from './call-thread.js';
import type { FinishedCall } from './client-call.js';
import type { Outcome } from './outcome.js';
import type { ThreadToken, TokenDescription } from './token.js';
import type { Value } from './value.js';

// What the addon offers; native/node has one class for each of these.

export interface NativeToken {
  describe(): Promise<Outcome<TokenDescription>>;
  openThread(): Promise<Outcome<NativeHelperThread>>;
  close(): void;
}

/** The names that `step` takes, and what their outcomes carry. */
export interface NativeStepValues extends StepValues {
  OpenThreadToken: ThreadToken;
  OpenTokenOfThread: ThreadToken;
  SetThreadToken: undefined;
  DuplicateToken: NativeToken;
  /** Whether the token's user has an access, to an object with a descriptor. */
  AccessCheck: boolean;
  CreateFile: undefined;
}

/** What `IServerSecurity::QueryBlanket` gives, in its own numbers. */
export interface ClientBlanketNumbers {
  readonly authnService: number;
  readonly authzService: number;
  readonly authnLevel: number;
  readonly capabilities: number;
  readonly serverPrincipal: string | null;
  readonly client: string | null;
}

/** A proxy's blanket in COM's own numbers. */
export interface ProxyBlanketNumbers {
  readonly authnService: number;
  readonly authzService: number;
  readonly authnLevel: number;
  readonly impersonationLevel: number;
  readonly capabilities: number;
  readonly serverPrincipal: string | null;
}

/** What of a blanket is to be set. */
export interface NativeBlanket {
  readonly authnLevel?: number;
  readonly impersonationLevel?: number;
  readonly cloaking?: number;
  readonly serverPrincipal?: string;
  readonly as?: NativeToken;
}

export interface NativeProcessSecurity {
  readonly setBy: 'nobody' | 'default' | 'caller' | 'host';
  readonly authnLevel: number;
  readonly impersonationLevel: number;
  readonly capabilities: number;
  readonly accessPermissions: string | null;
}

/** What a call object of COM's own says of its blanket when one is set on it. */
export interface CallObjectBlankets {
  readonly before: ProxyBlanketNumbers;
  readonly after: ProxyBlanketNumbers;
  /** The proxy's, after that. */
  readonly proxyAfter: ProxyBlanketNumbers;
}

export interface NativeThread {
  readonly threadId: number;
  step<Name extends keyof NativeStepValues>(
    name: Name,
    argument?: unknown,
    another?: unknown,
  ): Promise<Outcome<NativeStepValues[Name]>>;
}

export interface NativeHelperThread extends NativeThread {
  leave(): Promise<Outcome>;
}

export interface NativeBeginReturn {
  readonly found: ThreadToken;
  readonly after: ThreadToken | null;
  readonly callContext: number;
}

export interface NativeCall extends NativeThread {
  readonly id: number;
  readonly path: 'system' | 'bridge';
  readonly rpcThreadId: number | null;
  /** The HRESULT that says why; `null` where it was not. */
  readonly cancelled: number | null;
  openThread(): Promise<Outcome<NativeHelperThread>>;
  stage(value: unknown): void;
  signal(onCompletionThread: boolean): Promise<Outcome>;
  complete(value: unknown): void;
  fail(hresult: number, source: string, description: string): void;
  end(hresult: number): void;
  returnFromBegin(): void;
  beginReturned(): Promise<Outcome<NativeBeginReturn>>;
}

/** The HRESULTs that `native/call/call_factory_probe.cpp` got, by what was asked. */
export interface CallFactoryProbe {
  readonly serverObject: number;
  readonly classObject: number;
  readonly asynchronous: number;
  readonly synchronous: number;
  readonly another: number;
  readonly nowhere: number;
  readonly aggregatedInterface: number;
  readonly serverAggregates: boolean;
  readonly clientAggregates: boolean;
}

export interface NativeServer {
  readonly callsInProgress: number;
  /** `suspended`: for a process that COM has started. */
  listen(suspended: boolean): Promise<Outcome>;
  revoke(): Promise<Outcome>;
  stop(): void;
  endCalls(hresult: number): void;
  disconnect(): Promise<Outcome>;
  hold(): void;
  letGo(): void;
}

export interface NativeConnection {
  readonly hasCallFactory: boolean;
  /** `synchronous`: by the synchronous interface, also where the proxy has the asynchronous one. */
  call(
    method: string,
    args: readonly unknown[],
    blanket?: NativeBlanket,
    synchronous?: boolean,
  ): Promise<Outcome<FinishedCall>>;
  /** `cancel` settles the outcome at once; `false` where it was settled. */
  callCancellable(
    method: string,
    args: readonly unknown[],
    blanket?: NativeBlanket,
  ): { outcome: Promise<Outcome<FinishedCall>>; cancel: () => boolean };
  createCall(): Promise<Outcome<NativeClientCall>>;
  setBlanket(blanket: NativeBlanket): Promise<Outcome>;
  queryBlanket(): Promise<Outcome<ProxyBlanketNumbers>>;
  tryBlanketOnCallObject(blanket: NativeBlanket): Promise<Outcome<CallObjectBlankets>>;
  close(): void;
}

export interface NativeClientCall {
  begin(method: string, args: readonly unknown[]): Promise<Outcome>;
  wait(milliseconds: number): Promise<Outcome>;
  finish(): Promise<Outcome<FinishedCall>>;
  cancel(seconds: number): Promise<Outcome>;
  release(): void;
}

export type Hive = 'HKLM' | 'HKCU' | 'HKCR';

export interface RegistryKey {
  /** `name` is `''` for the key's default value; `data` is `null` for what is neither of REG_SZ nor REG_DWORD. */
  readonly values: readonly {
    readonly name: string;
    readonly data: string | number | null;
  }[];
  readonly subkeys: readonly string[];
}

export interface Native {
  Server: new (
    clsid: string,
    maxCalls: number,
    onCall: (call: NativeCall, method: string, args: Value[]) => void,
    onCancel: (callId: number, hresult: number) => void,
    onIdle: () => void,
    onUnused: () => void,
    callObject: boolean,
  ) => NativeServer;
  connect(name: string, host?: string, blanket?: NativeBlanket): Promise<Outcome<NativeConnection>>;
  initializeSecurity(options: Partial<Omit<NativeProcessSecurity, 'setBy'>>): Promise<Outcome>;
  processSecurity(): NativeProcessSecurity;
  threadToken(threadId: number | undefined, full: boolean): Promise<Outcome<ThreadToken>>;
  processToken(): Promise<Outcome<TokenDescription>>;
  /** An impersonation token of the process's account; without a privilege, if one is named. */
  duplicateProcessToken(withoutPrivilege?: string): Promise<Outcome<NativeToken>>;
  hresultName(hresult: number): string;
  hresultOfName(name: string): number | null;
  currentThreadId(): number;
  ticksPerSecond(): bigint;
  /** `null` on Windows itself. */
  wineVersion(): string | null;
  probeCallFactory(): Promise<Outcome<CallFactoryProbe>>;
  /** COM objects of ours that somebody holds, in this process. */
  comObjects(): number;
  /** The addon's file. */
  addonPath(): string;
  readRegistryKey(hive: Hive, path: string): Outcome<RegistryKey | null>;
  writeRegistryValue(hive: Hive, path: string, name: string, data: string | number): Outcome;
  /** `true`: it was there. */
  deleteRegistryValue(hive: Hive, path: string, name: string): Outcome<boolean>;
  /** `true`: it was there, and empty. */
  deleteEmptyRegistryKey(hive: Hive, path: string): Outcome<boolean>;
  resumeClassObjects(): Promise<Outcome>;
  /** `true`: COM sends the process no more clients. */
  suspendIfUnused(): Promise<Outcome<boolean>>;
  /** `true`: from now on the process takes no more objects. */
  closeIfUnused(): boolean;
  shutdown(): void;
  /** Only in the test build. */
  setFault?(name: string): void;
}

function load(): Native {
  if (process.platform !== 'win32') {
    throw new Error(
      `async-com needs Windows: this is Node for ${process.platform}. On Linux the project's own ` +
        'commands run it in node.exe under Wine; see the README.',
    );
  }
  const packageRoot = dirname(dirname(fileURLToPath(import.meta.url)));
  const nodeGypBuild = createRequire(import.meta.url)('node-gyp-build') as (
    directory: string,
  ) => unknown;
  return nodeGypBuild(packageRoot) as Native;
}

export const native: Native = load();

// Calls that are held when the process exits end with an error, and COM hands out the classes of
// this process no more. (The end of a worker the addon notices itself.)
process.once('exit', () => {
  native.shutdown();
});
