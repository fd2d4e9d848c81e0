import type { Outcome } from './outcome.js';
import type { ThreadToken, TokenDescription } from './token-description.js';

export interface NativeToken {
  describe(): Promise<Outcome<TokenDescription>>;
  openThread(): Promise<Outcome<NativeHelperThread>>;
  close(): void;
}

/** A blanket in COM's own numbers. */
export interface BlanketNumbers {
  readonly authnService: number;
  readonly authzService: number;
  readonly authnLevel: number;

  /** `null` at the server, which COM does not tell. */
  readonly impersonationLevel: number | null;
  readonly capabilities: number;
}

export interface NativeBlanket extends BlanketNumbers {
  readonly serverPrincipal: string | null;
  readonly client: string | null;
}

/** What of a blanket is to be set. */
export interface NativeBlanketOptions {
  readonly authnLevel?: number;
  readonly impersonationLevel?: number;
  readonly cloaking?: number;
  readonly serverPrincipal?: string;
  readonly as?: NativeToken;
}

export interface NativeProcessSecurity {
  readonly setBy: 'nobody' | 'default' | 'caller' | 'host';
  readonly authnLevel: number;
  readonly impersonationLevel: number;
  readonly capabilities: number;
  readonly accessPermissions: string | null;
}

/** A thread of a call; each method runs on it. */
export interface NativeThread {
  /** The id is the outcome's `threadId`. */
  threadId(): Promise<Outcome>;
  impersonateClient(): Promise<Outcome<undefined>>;
  revertToSelf(): Promise<Outcome<undefined>>;
  isImpersonating(): Promise<Outcome<boolean>>;
  queryBlanket(): Promise<Outcome<NativeBlanket>>;
  coImpersonateClient(): Promise<Outcome<undefined>>;
  coRevertToSelf(): Promise<Outcome<undefined>>;
  coQueryClientBlanket(): Promise<Outcome<NativeBlanket>>;
  /** Whether the call context is the call's `IServerSecurity` pointer. */
  coGetCallContext(): Promise<Outcome<boolean>>;
  threadToken(full: boolean): Promise<Outcome<ThreadToken>>;
  tokenOfThread(threadId: number): Promise<Outcome<ThreadToken>>;
  setThreadToken(token: NativeToken | null): Promise<Outcome>;
  duplicateToken(level?: number): Promise<Outcome<NativeToken>>;
  checkAccess(descriptor: string, access: number): Promise<Outcome<boolean>>;
  /** For reading; it is closed again. */
  openFile(path: string): Promise<Outcome>;
}

export interface NativeHelperThread extends NativeThread {
  leave(): Promise<Outcome>;
}
