import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

import type { Value } from '../value/value.js';
import type { NativeConnection } from './client.js';
import type { Outcome } from './outcome.js';
import type { Probes } from './probes.js';
import type { Hive, RegistryKey } from './registry.js';
import type { NativeBlanketOptions, NativeProcessSecurity, NativeToken } from './security.js';
import type { NativeServer, NativeServerCall } from './server.js';
import type { ThreadToken, TokenDescription } from './token-description.js';

// What the addon offers; native/node has one class for each of these, of the same name.

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
  /**
   * Calls `body` on this thread while this process holds a named mutex. Waits for the mutex, and does
   * not call `body` if the outcome is a failure.
   */
  withNamedMutex(name: string, milliseconds: number, body: () => void): Outcome;
  /**
   * Tells a process from another one that has the same id later: when it started. `null` if no such
   * process runs, `0n` if it does not tell.
   */
  processStart(processId: number): bigint | null;
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
  const packageRoot = fileURLToPath(new URL('../..', import.meta.url));
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
