import type { Outcome } from './outcome.js';
import type { NativeHelperThread, NativeThread } from './security.js';
import type { ThreadToken } from './token-description.js';

export interface NativeBeginReturn {
  readonly found: ThreadToken | null;
  readonly after: ThreadToken | null;
  readonly callContext: number | null;
}

export interface NativeServerCall extends NativeThread {
  readonly id: number;
  readonly path: 'system' | 'bridge';
  readonly rpcThreadId: number | null;
  /** The HRESULT that says why the call was cancelled. `null` if it was not cancelled. */
  readonly cancelled: number | null;
  openThread(): Promise<Outcome<NativeHelperThread>>;
  signal(value: unknown, onCompletionThread: boolean): Promise<Outcome>;
  complete(value: unknown): void;
  fail(hresult: number, source: string, description: string): void;
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
