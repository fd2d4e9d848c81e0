import type { FinishedCall } from '../../native/client.js';
import type { Outcome } from '../../native/outcome.js';
import type { CallFactoryProbe, CallObjectBlankets } from '../../native/probes.js';
import type { ThreadToken } from '../../native/token-description.js';
import type { BlanketOptions } from '../../security/blanket-options.js';
import type { SecurityOptions } from '../../security/process-security.js';
import type { ServerCall } from '../../server/server-call.js';
import type { Attempt } from './judgement.js';
import type { PlainThreadToken } from './observation.js';

/** Returns what a witness sees of a thread's token. */
export type Witness = (threadId: number) => Promise<PlainThreadToken>;

/** What a scene can do with the processes around it. */
export interface SceneProcesses {
  /**
   * Makes the client process call. Resolves with the server's side of the call when its handler
   * runs.
   */
  incomingCall(prepared?: number): Promise<HeldCall>;

  /**
   * Returns a ticket for a call that another process makes, and the server's side when it arrives.
   */
  expectCall(): ExpectedCall;

  /** Reports each call to the server with a call object. Returns a function that stops this. */
  watchCalls(arrived: (call: ServerCall) => void): () => void;

  /** The process that makes calls step by step, as COM offers them. It starts on first use. */
  caller(): Promise<Caller>;

  /** Returns how the server's objects answer a program that creates call objects. */
  probe(): Promise<Outcome<CallFactoryProbe>>;

  /** The token of a thread of this process, as the client process sees it. */
  seenFromOtherProcess(threadId: number): Promise<ThreadToken>;

  /** The same, as a further witness sees it. `null` if there is no such witness. */
  readonly seenByFurtherWitness: Witness | null;

  /** The version of Wine. `null` on Windows. */
  readonly wine: string | null;

  /** The client process. */
  readonly client: ClientOfScene;

  /** Starts a server in another process, with other COM security. */
  otherServer(security: SecurityOptions): Promise<OtherServer>;
}

/** How a client calls. */
export interface Wish extends Omit<BlanketOptions, 'as'> {
  /**
   * The client's thread has a token of its own: with static cloaking when the blanket is set,
   * otherwise when the client calls.
   */
  readonly token?: boolean;

  /** Sets the blanket on one call, not on the connection. */
  readonly forOneCall?: boolean;
}

/** What the rules about security use of the client process. */
export interface ClientOfScene {
  /** Returns the account that the process runs as. */
  who(): Promise<{ readonly sid: string; readonly account: string }>;

  /** Connects with a blanket. Pass the `id` to {@link SceneProcesses.incomingCall}. */
  prepare(wish: Wish): Promise<{ readonly code: string; readonly id: number }>;

  /** Sets a blanket on a call object that COM makes. */
  blanketOnCallObject(
    impersonationLevel: 'impersonate',
  ): Promise<{ readonly code: string; readonly blankets?: CallObjectBlankets }>;

  /** Connects to another server and calls it. Its handler tries to impersonate the client. */
  attempt(
    clsid: string,
    wish: Wish | null,
  ): Promise<{ readonly code: string; readonly attempt?: Attempt }>;
}

/**
 * A server of a verification. The second one has no call object. The third one takes one call at a
 * time.
 */
export type ServerKind = 'withCallObject' | 'without' | 'busy';

/** A client's call object in the caller process. Each step returns its HRESULT as data. */
export interface CallerCall {
  begin(method: string, ...args: unknown[]): Promise<Outcome>;
  wait(milliseconds: number): Promise<Outcome>;
  finish(): Promise<Outcome<FinishedCall>>;
  /** @param seconds - How long to wait for the answer before the call is cancelled. Default 0. */
  cancel(seconds?: number): Promise<Outcome>;
  testCancel(): Promise<Outcome>;
  release(): Promise<void>;
}

/** The process that makes calls step by step. */
export interface Caller {
  createCall(server?: ServerKind): Promise<CallerCall>;
  callSynchronously(
    server: ServerKind,
    method: string,
    ...args: unknown[]
  ): Promise<Outcome<FinishedCall>>;

  /** The number of COM objects of async-com in the caller process. */
  comObjects(): Promise<number>;
}

/** A server other than the two of the verification. */
export interface OtherServer {
  readonly clsid: string;
  handlersRun(): Promise<number>;
}

/** A call whose handler returns only after `letGo()`. */
export interface HeldCall {
  readonly call: ServerCall;
  /**
   * Lets the handler return. For a call of {@link SceneProcesses.incomingCall} it also waits until the
   * client has its answer.
   */
  readonly letGo: () => Promise<void>;
}

export interface ExpectedCall {
  /** The only argument of the call to the server's method `scene`. */
  readonly ticket: number;
  readonly arrived: Promise<HeldCall>;
}
