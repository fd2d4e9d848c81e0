// The functions that the processes of a verification offer to each other.
import type { FinishedCall } from '../../native/client.js';
import type { Outcome } from '../../native/outcome.js';
import type { ThreadToken } from '../../native/token-description.js';
import type { RuleRun } from '../scene/run-rule.js';
import type { ClientOfScene, ServerKind, Witness } from '../scene/scene-processes.js';

/** What the server process offers to the process that verifies. */
export interface ServerFunctions {
  rule(id: string): Promise<RuleRun>;
  fault(name: string): Promise<void>;
  collectGarbage(): void;
  close(): Promise<unknown>;
}

/** What the process that verifies offers to the server process. */
export interface VerifyingFunctions {
  readonly look?: Witness | undefined;
}

/** What the client process offers to the server process. */
export interface ClientFunctions extends ClientOfScene {
  hasCallFactory(): boolean;
  /**
   * Calls the server's method `scene`. With `prepared`, calls as {@link ClientOfScene.prepare} set
   * up.
   */
  call(ticket: number, prepared?: number): Promise<unknown>;
  look(threadId: number): Promise<ThreadToken>;
}

/** What the caller process offers to the server process. */
export interface CallerFunctions {
  createCall(server: ServerKind): Promise<number>;
  begin(call: number, method: string, args: readonly unknown[]): Promise<Outcome>;
  wait(call: number, milliseconds: number): Promise<Outcome>;
  finish(call: number): Promise<Outcome<FinishedCall>>;
  cancel(call: number, seconds: number): Promise<Outcome>;
  testCancel(call: number): Promise<Outcome>;
  release(call: number): void;
  callSynchronously(
    server: ServerKind,
    method: string,
    args: readonly unknown[],
  ): Promise<Outcome<FinishedCall>>;
  comObjects(): number;
  fault(name: string): void;
}

/** What another server process offers to the server process. */
export interface OtherServerFunctions {
  handlersRun(): number;
}
