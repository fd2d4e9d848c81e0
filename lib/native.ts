import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { FinishedCall } from './client-call.js';
import type { Outcome } from './outcome.js';
import type { ThreadToken, TokenDescription } from './token-description.js';
import type { Value } from './value.js';

// What the addon offers; native/node has one class for each of these, of the same name.

export interface NativeToken {
  describe(): Promise<Outcome<TokenDescription>>;
  openThread(): Promise<Outcome<NativeHelperThread>>;
  close(): void;
}

/** A blanket in COM's own numbers. */
export interface BlanketNumbers {
  readonly authnService: number;
  readonly authzService: number;
  readonly authnLevel: number;

  /** `null` at the server, which COM does not tell. */
  readonly impersonationLevel: number | null;
  readonly capabilities: number;
}

export interface NativeBlanket extends BlanketNumbers {
  readonly serverPrincipal: string | null;
  readonly client: string | null;
}

/** What of a blanket is to be set. */
export interface NativeBlanketOptions {
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
  readonly before: NativeBlanket;
  readonly after: NativeBlanket;
  /** The proxy's, after that. */
  readonly proxyAfter: NativeBlanket;
}

/** A thread of a call; each method runs on it. */
export interface NativeThread {
  /** The id is the outcome's `threadId`. */
  threadId(): Promise<Outcome>;
  impersonateClient(): Promise<Outcome<undefined>>;
  revertToSelf(): Promise<Outcome<undefined>>;
  isImpersonating(): Promise<Outcome<boolean>>;
  queryBlanket(): Promise<Outcome<NativeBlanket>>;
  coImpersonateClient(): Promise<Outcome<undefined>>;
  coRevertToSelf(): Promise<Outcome<undefined>>;
  coQueryClientBlanket(): Promise<Outcome<NativeBlanket>>;
  /** Whether the call context is the call's `IServerSecurity` pointer. */
  coGetCallContext(): Promise<Outcome<boolean>>;
  threadToken(full: boolean): Promise<Outcome<ThreadToken>>;
  tokenOfThread(threadId: number): Promise<Outcome<ThreadToken>>;
  setThreadToken(token: NativeToken | null): Promise<Outcome>;
  duplicateToken(level?: number): Promise<Outcome<NativeToken>>;
  checkAccess(descriptor: string, access: number): Promise<Outcome<boolean>>;
  /** For reading; it is closed again. */
  openFile(path: string): Promise<Outcome>;
}

export interface NativeHelperThread extends NativeThread {
  leave(): Promise<Outcome>;
}

export interface NativeBeginReturn {
  readonly found: ThreadToken | null;
  readonly after: ThreadToken | null;
  readonly callContext: number | null;
}

export interface NativeServerCall extends NativeThread {
  readonly id: number;
  readonly path: 'system' | 'bridge';
  readonly rpcThreadId: number | null;
  /** The HRESULT that says why; `null` where it was not. */
  readonly cancelled: number | null;
  openThread(): Promise<Outcome<NativeHelperThread>>;
  signal(value: unknown, onCompletionThread: boolean): Promise<Outcome>;
  complete(value: unknown): void;
  fail(hresult: number, source: string, description: string): void;
  end(hresult: number): void;
  returnFromBegin(): void;
  beginReturned(): Promise<Outcome<NativeBeginReturn>>;
}

/** The HRESULTs that `native/probes/call_factory.cpp` got, by what was asked. */
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
    blanket?: NativeBlanketOptions,
    synchronous?: boolean,
  ): Promise<Outcome<FinishedCall>>;
  /** `cancel` settles the outcome at once; `false` where it was settled. */
  callCancellable(
    method: string,
    args: readonly unknown[],
    blanket?: NativeBlanketOptions,
  ): { outcome: Promise<Outcome<FinishedCall>>; cancel: () => boolean };
  createCall(): Promise<Outcome<NativeClientCall>>;
  setBlanket(blanket: NativeBlanketOptions): Promise<Outcome>;
  queryBlanket(): Promise<Outcome<NativeBlanket>>;
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

/** What only `verify` asks of COM. */
export interface Probes {
  probeCallFactory(): Promise<Outcome<CallFactoryProbe>>;
  /** Sets a blanket on a call object of COM's own: `E_NOINTERFACE` where COM has none. */
  probeCallObjectBlanket(
    connection: NativeConnection,
    blanket: NativeBlanketOptions,
  ): Promise<Outcome<CallObjectBlankets>>;
}

export interface Native extends Probes {
  Server: new (
    clsid: string,
    maxCalls: number,
    onCall: (call: NativeServerCall, method: string, args: Value[]) => void,
    onCancel: (callId: number, hresult: number) => void,
    onIdle: () => void,
    onUnused: () => void,
    callObject: boolean,
  ) => NativeServer;
  connect(
    name: string,
    host?: string,
    blanket?: NativeBlanketOptions,
  ): Promise<Outcome<NativeConnection>>;
  initializeSecurity(options: Partial<Omit<NativeProcessSecurity, 'setBy'>>): Promise<Outcome>;
  processSecurity(): NativeProcessSecurity;
  threadToken(threadId: number | undefined, full: boolean): Promise<Outcome<ThreadToken>>;
  processToken(): Promise<Outcome<TokenDescription>>;
  /** An impersonation token of the process's account; without a privilege, if one is named. */
  duplicateProcessToken(withoutPrivilege?: string): Promise<Outcome<NativeToken>>;
  hresultName(hresult: number): string;
  hresultOfName(name: string): number | null;
  /** How many calls may be in progress in a process. */
  readonly mostCallsInProgress: number;
  currentThreadId(): number;
  ticksPerSecond(): bigint;
  /** `null` on Windows itself. */
  wineVersion(): string | null;
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
