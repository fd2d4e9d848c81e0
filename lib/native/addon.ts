import { isMainThread } from 'node:worker_threads';

import type { NativeConnection, NativeRemoteObject } from './client.js';
import { loadAddon } from './load.js';
import type { Outcome } from './outcome.js';
import type { Probes } from './probes.js';
import type { Hive, RegistryKey } from './registry.js';
import type { NativeBlanketOptions, NativeProcessSecurity, NativeToken } from './security.js';
import type {
  NativeMember,
  NativeObjectClass,
  NativeServer,
  NativeServerOptions,
} from './server.js';
import type { ThreadToken, TokenDescription } from './token-description.js';
import { valueFunctions } from './value-functions.js';
import type { NativeTypeLibrary, NativeTypeLibraryFile } from './type-library.js';

// The exports of the addon. native/node has one C++ class for each class here: NodeServer for NativeServer.

export interface Native extends Probes {
  /** `library` describes the class for clients that ask, by the name `libraryClass`. */
  ObjectClass: new (
    iid: string | null,
    members: readonly NativeMember[],
    library?: NativeTypeLibrary,
    libraryClass?: string,
  ) => NativeObjectClass;
  Server: new (options: NativeServerOptions) => NativeServer;
  connect(
    name: string,
    host?: string,
    blanket?: NativeBlanketOptions,
  ): Promise<Outcome<NativeConnection>>;
  createObject(
    name: string,
    host?: string,
    blanket?: NativeBlanketOptions,
  ): Promise<Outcome<NativeRemoteObject>>;
  initializeSecurity(options: Partial<Omit<NativeProcessSecurity, 'setBy'>>): Promise<Outcome>;
  processSecurity(): NativeProcessSecurity;
  threadToken(threadId: number | undefined, full: boolean): Promise<Outcome<ThreadToken>>;
  processToken(): Promise<Outcome<TokenDescription>>;
  /**
   * Duplicates the process's token for impersonation. Removes the privilege that is named, if any.
   */
  duplicateProcessToken(withoutPrivilege?: string): Promise<Outcome<NativeToken>>;
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
  /** Writes a type library. If that fails, the value says at what: a class, or its member. */
  writeTypeLibrary(contents: NativeTypeLibrary, file: string): Promise<Outcome<string | undefined>>;
  readTypeLibrary(file: string): Promise<Outcome<NativeTypeLibraryFile>>;
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
  /** Gives the addon what it leaves to JavaScript when it converts values. */
  useValueFunctions(...functions: typeof valueFunctions): void;
  /** Ends what this thread has. `processEnds` says whether the process ends with it. */
  shutdown(processEnds: boolean): void;
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

let loaded: Native | undefined;

/**
 * Loads the addon, unless that was done before.
 *
 * @throws Error - As {@link loadAddon}.
 */
export function requireAddon(): Native {
  if (loaded !== undefined) return loaded;
  const addon = loadAddon() as Native;
  // When the process exits, calls in progress end with an error, and COM no longer hands out the
  // classes of this process. (When a worker thread ends, the addon does the same.)
  process.once('exit', () => {
    addon.shutdown(isMainThread);
  });
  addon.useValueFunctions(...valueFunctions);
  loaded = addon;
  return addon;
}

/**
 * The addon. It is loaded when it is first used, so that importing async-com works everywhere.
 *
 * @throws Error - As {@link loadAddon}, at each use.
 */
export const native: Native = new Proxy({} as Native, {
  get: (_, name): unknown => Reflect.get(requireAddon(), name),
  // For tests that replace a function.
  set: (_, name, value) => Reflect.set(requireAddon(), name, value),
});
