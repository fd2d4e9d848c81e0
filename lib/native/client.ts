import type { Value } from '../value/value.js';
import type { Outcome } from './outcome.js';
import type { NativeBlanket, NativeBlanketOptions } from './security.js';

/** The result of `Finish_Call`: what the handler returned, or the error that it threw. */
export interface FinishedCall {
  /** What the handler returned. Missing if the handler failed. */
  readonly value?: Value;

  /** The handler's error. Missing if the handler returned. */
  readonly handlerError?: {
    /** The error's HRESULT, as an unsigned number: `0x80004005`. */
    readonly hresult: number;

    /** The HRESULT's name in the Windows headers: `'E_FAIL'`. */
    readonly code: string;

    /** The server's name: {@link Server.name}. */
    readonly source: string;

    /** The error's message. */
    readonly description: string;
  };
}

export interface NativeConnection {
  /** Whether the proxy has `ICallFactory`. */
  readonly hasCallFactory: boolean;

  /**
   * With `synchronous`, calls the synchronous interface even if the proxy has the asynchronous one.
   */
  call(
    method: string,
    args: readonly unknown[],
    blanket?: NativeBlanketOptions,
    synchronous?: boolean,
  ): Promise<Outcome<FinishedCall>>;

  /** `cancel()` settles the outcome at once. It returns `false` if the call had already ended. */
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
  /** `ICancelMethodCalls::TestCancel`. Only `verify` calls it. */
  testCancel(): Promise<Outcome>;
  release(): void;
}
