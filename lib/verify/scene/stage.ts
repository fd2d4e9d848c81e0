import type { FinishedCall } from '../../native/client.js';
import type { Outcome } from '../../native/outcome.js';
import type { CallFactoryProbe, CallObjectBlankets } from '../../native/probes.js';
import type { ThreadToken } from '../../native/token-description.js';
import type { BlanketOptions } from '../../security/blanket-options.js';
import type { SecurityOptions } from '../../security/process-security.js';
import type { ServerCall } from '../../server/server-call.js';
import type { Attempt } from './judgement.js';
import type { PlainThreadToken } from './observation.js';

/** What a witness sees of a thread's token. */
export type Witness = (threadId: number) => Promise<PlainThreadToken>;

/** What a scene needs of the processes around it. */
export interface Stage {
  /**
   * Has the client, in its process, make a call. Resolves with the server's side of it when Begin_
   * runs.
   */
  incomingCall(prepared?: number): Promise<HeldCall>;

  /** A ticket for a call that somebody else makes, and the server's side of it when it comes. */
  expectCall(): ExpectedCall;

  /** Tells of each call to the server that has a call object. Gives what ends that. */
  watchCalls(arrived: (call: ServerCall) => void): () => void;

  /** The process that makes COM's own steps; started when it is first asked for. */
  caller(): Promise<Caller>;

  /** What the server's own objects answer to who makes call objects. */
  probe(): Promise<Outcome<CallFactoryProbe>>;

  /** The token of a thread of this process, as the client's process sees it. */
  seenFromOtherProcess(threadId: number): Promise<ThreadToken>;

  /** The same as a further witness sees it; `null` where there is none. */
  readonly seenByFurtherWitness: Witness | null;

  /** The version of Wine; `null` on Windows itself. */
  readonly wine: string | null;

  /** The client's process. */
  readonly client: ClientOfScene;

  /** A server in a process of its own, with security of its own. */
  otherServer(security: SecurityOptions): Promise<OtherServer>;
}

/** How a client is to call. */
export interface Wish extends Omit<BlanketOptions, 'as'> {
  /** On a thread with a token of its own: when the blanket is set if it is static, else when calling. */
  readonly token?: boolean;

  /** The blanket is that of one call, not of the connection. */
  readonly forOneCall?: boolean;
}

/** What rules about security ask of the client's process. */
export interface ClientOfScene {
  /** The account that the process runs as. */
  who(): Promise<{ readonly sid: string; readonly account: string }>;

  /** Connects with a blanket. {@link Stage.incomingCall} takes the `id`. */
  prepare(wish: Wish): Promise<{ readonly code: string; readonly id: number }>;

  /** Sets a blanket on a call object of COM's own. */
  blanketOnCallObject(
    impersonationLevel: 'impersonate',
  ): Promise<{ readonly code: string; readonly blankets?: CallObjectBlankets }>;

  /** Connects to another server, whose handler then tries to act as its client. */
  attempt(
    clsid: string,
    wish: Wish | null,
  ): Promise<{ readonly code: string; readonly attempt?: Attempt }>;
}

/** Which of the two servers of a verification: one has no call object of its own. */
export type ServerKind = 'withCallObject' | 'without';

/** A client's call object in the caller's process. Each step gives its HRESULT as data. */
export interface CallerCall {
  begin(method: string, ...args: unknown[]): Promise<Outcome>;
  wait(milliseconds: number): Promise<Outcome>;
  finish(): Promise<Outcome<FinishedCall>>;
  cancel(): Promise<Outcome>;
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

  /** The number of COM objects of async-com in the caller's process. */
  comObjects(): Promise<number>;
}

/** A server beside the verification's. */
export interface OtherServer {
  readonly clsid: string;
  handlersRun(): Promise<number>;
}

/** A call whose handler goes on until it is let go. */
export interface HeldCall {
  readonly call: ServerCall;
  /** Settles the handler. Resolves when the client has its answer. */
  readonly letGo: () => Promise<void>;
}

export interface ExpectedCall {
  /** The one argument for the server's method `scene`. */
  readonly ticket: number;
  readonly arrived: Promise<HeldCall>;
}
