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

    /** The path of the help file. Empty if there is none. */
    readonly helpFile: string;

    /** The number of the topic in the help file. 0 if there is none. */
    readonly helpContext: number;
  };
}

/** A call in progress. `cancel()` settles the outcome at once; `false`: the call had already ended. */
export interface CancellableCall {
  readonly outcome: Promise<Outcome<FinishedCall>>;
  readonly cancel: () => boolean;
}

export interface NativeRemoteObject {
  /** `flags` are those of `IDispatch::Invoke`. An empty name is the default member. */
  invoke(
    name: string,
    flags: number,
    args: readonly unknown[],
    blanket?: NativeBlanketOptions,
  ): CancellableCall;
  /** `IEnumVARIANT::Next`. The value is an array, with fewer elements at the end. */
  next(count: number): CancellableCall;
  setBlanket(blanket: NativeBlanketOptions): Promise<Outcome>;
  queryBlanket(): Promise<Outcome<NativeBlanket>>;
  release(): void;
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

  callCancellable(
    method: string,
    args: readonly unknown[],
    blanket?: NativeBlanketOptions,
  ): CancellableCall;

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
