import { createRequire } from 'node:module';
import { resolve } from 'node:path';

import type { Native } from '#lib/native/addon.js';
import type { NativeConnection } from '#lib/native/client.js';
import type { NativeBlanket, NativeToken } from '#lib/native/security.js';
import { valueFunctions } from '#lib/native/value-functions.js';

const folder = resolve('build/tests');

/** The environment in which a process loads the test addon. */
export const testAddonEnv: NodeJS.ProcessEnv = { ...process.env, ASYNC_COM_PREBUILD: folder };

/** The environment in which a process has the double of COM (native/testing/double). */
export const doubleEnv: NodeJS.ProcessEnv = { ...testAddonEnv, ASYNC_COM_DOUBLE: 'server' };

/** What the double of COM has done and seen: native/testing/double/observed.h. */
export interface ObservedByDouble {
  readonly asynchronous: number;
  readonly synchronous: number;
  readonly failedBegins: number;
  readonly finishes: number;
  readonly signals: number;
  readonly signalsInBegin: number;
  readonly resets: number;
  readonly controllingUnknowns: number;
  readonly complaints: readonly string[];
}

/** The resources of a process, counted from outside. */
export interface Resources {
  readonly handles: number;
  readonly threads: number;
  readonly bytes: number;
}

/** The functions of the test addon that tests use. */
export interface TestAddon extends Pick<Native, 'connect' | 'ObjectClass' | 'Server'> {
  resourcesOf(processId: number): Resources;
  /** The ids of the threads of a process. */
  threadIdsOf(processId: number): readonly number[];
  /** Stops every thread of a process. It then answers nothing and ends no call. */
  suspendProcess(processId: number): void;
  resumeProcess(processId: number): void;
  /** Whether Windows fills the memory that this process frees. `WINEDEBUG=warn+heap` makes Wine do so. */
  fillsFreedMemory(): boolean;
  /**
   * Notes the access violations of this process from now on. Writes those to standard error that do
   * not happen while COM reads or frees a packet.
   */
  watchExceptions(): void;
  /** How often one happened, by `CODE MODULE+OFFSET < MODULE < …`, the innermost module first. */
  exceptionsSeen(): Readonly<Record<string, number>>;
  /** Leaks event handles in this process. */
  leakHandles(count: number): void;
  /**
   * Connects to an object that records its blanket, and answers each call with that blanket. Some
   * methods answer with other values: native/testing/values_with_object.h.
   */
  connectToRecorder(): NativeConnection;
  /**
   * Connects to an object like the recorder that has `ICallFactory`, too. Its call objects have only
   * the interfaces that are true: `AsyncIMethodCall`, `ISynchronize`, `ICancelMethodCalls`. They
   * answer each call with 'asynchronous'.
   */
  connectToFactory(
    has: Readonly<Record<'asynchronous' | 'synchronize' | 'cancel', boolean>>,
  ): NativeConnection;
  /**
   * Registers a class until the process ends. Its objects call `ICallFactory::CreateCall` of a
   * server object on the thread of an incoming call: native/testing/call_factory_class.h.
   */
  offerCallFactory(clsid: string): Promise<{ readonly code: string }>;
  /**
   * Makes an asynchronous call between two apartments of this process. Returns the HRESULT of each
   * step; `path` is 1 if the call took the system path. This may end the process:
   * native/testing/apartment_call.h.
   */
  callAcrossApartments(): Promise<{
    readonly code: string;
    readonly value?: Readonly<Record<string, number>>;
  }>;
  /** The id of the thread that released the object in the answer of the recorder. 0 if none has. */
  releasedOn(): number;
  /**
   * Makes two calls on one server call object, in this apartment. Returns what `ISynchronize::Wait`
   * returned.
   */
  reuseServerCall(): Promise<{
    readonly code: string;
    readonly value?: Readonly<Record<'afterFirst' | 'duringSecond' | 'afterSecond', number>>;
  }>;
  /**
   * Queries the blanket of a client that is not known to be on this computer, and whose identity is
   * not a string.
   */
  blanketWithIdentity(): Promise<{ readonly code: string; readonly value?: NativeBlanket }>;
  /** Calls `Finish_` on server call objects, in this apartment. */
  finishServerCall(): Promise<{
    readonly code: string;
    readonly value?: {
      /** Whether `Finish_` returned only after the call was signalled. */
      readonly waited: boolean;
      readonly finished: number;
      /** What `Begin_` returned while the server was busy, and `Finish_` after that. */
      readonly refusedBegin: number;
      readonly finishAfterThat: number;
      readonly finishAgain: number;
    };
  }>;
  /** Asks `CreateCall` for `AsyncIMethodCall`, with a controlling unknown. */
  createServerCallByInterface(): Promise<{
    readonly code: string;
    readonly value?: {
      readonly created: number;
      readonly countsControllingUnknown: boolean;
      readonly objectsLeft: number;
    };
  }>;
  duplicateProcessToken(): Promise<{ readonly value?: NativeToken }>;
  /** Returns a reference to the object of a connection, for one client in another process. */
  referenceOf(connection: NativeConnection): Promise<{ code: string; value?: Buffer }>;
  /** Connects by such a reference. */
  connectTo(reference: Buffer): Promise<{ code: string; value?: NativeConnection }>;
  /**
   * Returns a reference to an object of a class of this process, for a client in another process.
   */
  referenceTo(clsid: string): Promise<{ readonly code: string; readonly value?: Buffer }>;
  useValueFunctions: Native['useValueFunctions'];
  /** Sets the COM security of the process. The released addon sees this as done by other code. */
  initializeSecurity(options: object): Promise<{ readonly code: string }>;
}

/** The test addon. The released build is loaded in the same process. */
export const testAddon = createRequire(import.meta.url)(
  resolve(folder, 'build/Release/async_com.node'),
) as TestAddon;
testAddon.useValueFunctions(...valueFunctions);
