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

// The exports of the addon. native/node has one C++ class for each class here: NodeServer for NativeServer.

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
  /**
   * Duplicates the process's token for impersonation. Removes the privilege that is named, if any.
   */
  duplicateProcessToken(withoutPrivilege?: string): Promise<Outcome<NativeToken>>;
  hresultName(hresult: number): string;
  hresultOfName(name: string): number | null;
  /** The highest number of calls that may be in progress in a process. */
  readonly mostCallsInProgress: number;
  currentThreadId(): number;
  ticksPerSecond(): bigint;
  /** The version of Wine. `null` on Windows. */
  wineVersion(): string | null;
  /** The number of async-com's COM objects in this process to which somebody has a reference. */
  comObjects(): number;
  /** The path of the file that the addon was loaded from. */
  addonPath(): string;
  readRegistryKey(hive: Hive, path: string): Outcome<RegistryKey | null>;
  writeRegistryValue(hive: Hive, path: string, name: string, data: string | number): Outcome;
  /** The value is `true` if the registry value existed. */
  deleteRegistryValue(hive: Hive, path: string, name: string): Outcome<boolean>;
  /** The value is `true` if the key existed and was empty. */
  deleteEmptyRegistryKey(hive: Hive, path: string): Outcome<boolean>;
  /**
   * Calls `body` on this thread while this process holds a named mutex. Waits for the mutex, and
   * does not call `body` if the outcome is a failure.
   */
  withNamedMutex(name: string, milliseconds: number, body: () => void): Outcome;
  /**
   * Returns the time when a process started. Windows uses process ids again: the id and the start
   * time together name one process. `null` if no process has this id, `0n` if the process does not
   * tell.
   */
  processStart(processId: number): bigint | null;
  resumeClassObjects(): Promise<Outcome>;
  /** The value is `true` if the process is unused. COM then sends it no more clients. */
  suspendIfUnused(): Promise<Outcome<boolean>>;
  /** Returns `true` if the process is unused. It then creates no more objects for clients. */
  closeIfUnused(): boolean;
  shutdown(): void;
  /** Sets a fault. Only in the test addon. */
  setFault?(name: string): void;
  /**
   * The side of a call on which a double of COM stands in for Windows. `null` if there is none. Only
   * in the test addon.
   */
  doubleOfCom?(): 'server' | null;
  /** What the double of COM has done and seen. Only in the test addon. */
  observedByDouble?(): unknown;
}

function load(): Native {
  if (process.platform !== 'win32') {
    throw new Error(
      `async-com runs only on Windows, but this is Node.js for ${process.platform}. On Linux, the ` +
        "project's npm scripts run it in node.exe under Wine: see the README.",
    );
  }
  const packageRoot = fileURLToPath(new URL('../..', import.meta.url));
  const nodeGypBuild = createRequire(import.meta.url)('node-gyp-build') as (
    directory: string,
  ) => unknown;
  return nodeGypBuild(packageRoot) as Native;
}

export const native: Native = load();

// When the process exits, calls in progress end with an error, and COM no longer hands out the
// classes of this process. (When a worker thread ends, the addon does the same.)
process.once('exit', () => {
  native.shutdown();
});
