import type { Value } from '../value/value.js';
import type { Outcome } from './outcome.js';
import type { NativeHelperThread, NativeThread } from './security.js';
import type { ThreadToken } from './token-description.js';

export interface NativeBeginReturn {
  readonly found: ThreadToken | null;
  readonly after: ThreadToken | null;
  readonly callContext: number | null;
}

/** What a handler assigned to arguments, by their places. */
export type Assigned = readonly (readonly [number, unknown])[] | undefined;

export interface NativeMember {
  readonly name: string;
  readonly dispid: number;
  readonly isMethod: boolean;
  readonly readable: boolean;
  readonly writable: boolean;
  /** `null`: any number of VARIANTs. */
  readonly parameters:
    readonly { readonly name: string; readonly type: number; readonly optional: boolean }[] | null;
  /** The `VARENUM` of the result or of the property. 0 if there is no result. */
  readonly type: number;
}

/** Only the addon looks into it. */
export type NativeObjectClass = object;

export interface NativeSentObject {
  readonly objectClass: NativeObjectClass;
  readonly id: number;
  readonly isEnumerator: boolean;
  /** Called with the id of the new COM object, if one was made. */
  readonly adopt: (id: number) => void;
}

export interface NativeServerOptions {
  readonly clsid: string;
  readonly mostCalls: number;
  readonly callObject: boolean;
  readonly objectClass: NativeObjectClass;
  /** Whether `onCall` and `onRelease` are called when a client creates and releases an object. */
  readonly creates: boolean;
  readonly onCall: (call: NativeServerCall, member: string, args: Value[]) => void;
  readonly onCancel: (callId: number, hresult: number) => void;
  readonly onRelease: (objectId: number) => void;
  /** Says what is sent for an object. `id` is 0 if no COM object stands for it yet. */
  readonly onObject: (value: object) => NativeSentObject;
  /** Returns what a COM object of the server stands for. */
  readonly onTarget: (objectId: number) => object | undefined;
  readonly onIdle: () => void;
  readonly onUnused: () => void;
}

export interface NativeServerCall extends NativeThread {
  readonly id: number;
  readonly path: 'system' | 'bridge';
  readonly rpcThreadId: number | null;
  readonly objectId: number;
  /** What the client does with the member. `'create'`: it creates the object. */
  readonly access: 'call' | 'get' | 'put' | 'putref' | 'create';
  /** The client's LCID. `null` if it gave none. */
  readonly locale: number | null;
  /** The places of the arguments that the client passed by reference. */
  readonly byReference: readonly number[];
  /** The HRESULT that says why the call was cancelled. `null` if it was not cancelled. */
  readonly cancelled: number | null;
  openThread(): Promise<Outcome<NativeHelperThread>>;
  signal(value: unknown, assigned: Assigned, onCompletionThread: boolean): Promise<Outcome>;
  complete(value: unknown, assigned: Assigned): void;
  fail(
    hresult: number,
    source: string,
    description: string,
    helpFile: string,
    helpContext: number,
  ): void;
  end(hresult: number): void;
  returnFromBegin(): void;
  beginReturned(): Promise<Outcome<NativeBeginReturn>>;
}

export interface NativeServer {
  readonly callsInProgress: number;
  /**
   * Registers the class object. With `suspended`, COM activates it only after
   * `resumeClassObjects()`: for a process that COM started.
   */
  listen(suspended: boolean): Promise<Outcome>;
  revoke(): Promise<Outcome>;
  stop(): void;
  endCalls(hresult: number): void;
  disconnect(): Promise<Outcome>;
  /** Keeps the process alive and the server uncollected until `letGo()`. */
  hold(): void;
  letGo(): void;
}
