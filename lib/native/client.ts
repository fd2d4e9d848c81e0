import type { Value } from '../value/value.js';
import type { Outcome } from './outcome.js';
import type { NativeBlanket, NativeBlanketOptions } from './security.js';

/** What `Finish_Call` gives: what the handler returned, or what it failed with. */
export interface FinishedCall {
  /** What the handler returned; not there where it failed. */
  readonly value?: Value;

  readonly handlerError?: {
    /** Unsigned. */
    readonly hresult: number;
    /** Its name in the Windows headers. */
    readonly code: string;
    /** The server's name for itself. */
    readonly source: string;
    /** The error's message. */
    readonly description: string;
  };
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
