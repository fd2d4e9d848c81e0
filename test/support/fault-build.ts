import { createRequire } from 'node:module';
import { resolve } from 'node:path';

import type { Native } from '#lib/native/addon.js';
import type { NativeConnection } from '#lib/native/client.js';
import type { NativeToken } from '#lib/native/security.js';

const folder = resolve('build/tests');

/** The environment in which a process loads the test build of the addon. */
export const faultBuildEnv: NodeJS.ProcessEnv = { ...process.env, ASYNC_COM_PREBUILD: folder };

/** What a process holds, counted from outside. */
export interface Resources {
  readonly handles: number;
  readonly threads: number;
  readonly bytes: number;
}

export interface FaultBuild extends Pick<Native, 'connect'> {
  resourcesOf(processId: number): Resources;
  /** Leaks event handles in this process. */
  leakHandles(count: number): void;
  /** A connection to what records its blanket, and answers each call with it. */
  connectToRecorder(): NativeConnection;
  /** The thread that let go of the object which the recorder answered with; 0: none has. */
  releasedOn(): number;
  /** Two calls on one server call object, in this apartment: what `ISynchronize::Wait` answered. */
  reuseServerCall(): Promise<{
    readonly code: string;
    readonly value?: Readonly<Record<'afterFirst' | 'duringSecond' | 'afterSecond', number>>;
  }>;
  duplicateProcessToken(): Promise<{ readonly value?: NativeToken }>;
  /** The object of a connection, for one client elsewhere. */
  referenceOf(connection: NativeConnection): Promise<{ code: string; value?: Buffer }>;
  /** A connection by such a reference. */
  connectTo(reference: Buffer): Promise<{ code: string; value?: NativeConnection }>;
  /** A reference to an object of a class of this process, for a client elsewhere. */
  referenceTo(clsid: string): Promise<{ readonly code: string; readonly value?: Buffer }>;
  /** An addon knows of its own doing only: to the released one this is somebody else in the process. */
  initializeSecurity(options: object): Promise<{ readonly code: string }>;
}

/** The test build of the addon, loaded beside the released one. */
export const faultBuild = createRequire(import.meta.url)(
  resolve(folder, 'build/Release/async_com.node'),
) as FaultBuild;
