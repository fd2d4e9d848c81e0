// The functions that the processes of a verification offer to each other.
import type { FinishedCall } from '../../native/client.js';
import type { Outcome } from '../../native/outcome.js';
import type { ThreadToken } from '../../native/token-description.js';
import type { RuleRun } from '../scene/run-rule.js';
import type { ClientOfScene, ServerKind, Witness } from '../scene/stage.js';

/** The server's process, for the process that verifies. */
export interface ServerFunctions {
  rule(id: string): Promise<RuleRun>;
  fault(name: string): Promise<void>;
  collectGarbage(): void;
  close(): Promise<unknown>;
}

/** The process that verifies, for the server's process. */
export interface VerifyingFunctions {
  readonly look?: Witness | undefined;
}

/** The client's process, for the server's process. */
export interface ClientFunctions extends ClientOfScene {
  hasCallFactory(): boolean;
  /** Calls the server's method `scene`; with `prepared`, as {@link ClientOfScene.prepare} set up. */
  call(ticket: number, prepared?: number): Promise<unknown>;
  look(threadId: number): Promise<ThreadToken>;
}

/** The process that makes calls step by step, for the server's process. */
export interface CallerFunctions {
  createCall(server: ServerKind): Promise<number>;
  begin(call: number, method: string, args: readonly unknown[]): Promise<Outcome>;
  wait(call: number, milliseconds: number): Promise<Outcome>;
  finish(call: number): Promise<Outcome<FinishedCall>>;
  cancel(call: number): Promise<Outcome>;
  release(call: number): void;
  callSynchronously(
    server: ServerKind,
    method: string,
    args: readonly unknown[],
  ): Promise<Outcome<FinishedCall>>;
  comObjects(): number;
  fault(name: string): void;
}

/** A server with security of its own, for the server's process. */
export interface OtherServerFunctions {
  handlersRun(): number;
}
