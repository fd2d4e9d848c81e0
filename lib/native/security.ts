import type { Outcome } from './outcome.js';
import type { ThreadToken, TokenDescription } from './token-description.js';

export interface NativeToken {
  describe(): Promise<Outcome<TokenDescription>>;
  openThread(): Promise<Outcome<NativeHelperThread>>;
  close(): void;
}

/**
 * A blanket as the numbers of COM's constants.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/api/objidlbase/nf-objidlbase-iserversecurity-queryblanket
 */
export interface BlanketNumbers {
  /** The authentication service: `RPC_C_AUTHN_…`. */
  readonly authnService: number;

  /** The authorization service: `RPC_C_AUTHZ_…`. */
  readonly authzService: number;

  /** The authentication level: `RPC_C_AUTHN_LEVEL_…`. */
  readonly authnLevel: number;

  /**
   * The impersonation level: `RPC_C_IMP_LEVEL_…`. `null` at the server, because COM does not tell
   * the server.
   */
  readonly impersonationLevel: number | null;

  /** The capabilities: bits of `EOLE_AUTHENTICATION_CAPABILITIES`. */
  readonly capabilities: number;
}

export interface NativeBlanket extends BlanketNumbers {
  readonly serverPrincipal: string | null;
  readonly client: string | null;
}

/** The parts of a blanket that are to be set. The others keep their values. */
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

/** A thread of a call. Each method runs on that thread. */
export interface NativeThread {
  /** The id is `threadId` of the outcome. */
  threadId(): Promise<Outcome>;
  impersonateClient(): Promise<Outcome<undefined>>;
  revertToSelf(): Promise<Outcome<undefined>>;
  isImpersonating(): Promise<Outcome<boolean>>;
  queryBlanket(): Promise<Outcome<NativeBlanket>>;
  coImpersonateClient(): Promise<Outcome<undefined>>;
  coRevertToSelf(): Promise<Outcome<undefined>>;
  coQueryClientBlanket(): Promise<Outcome<NativeBlanket>>;
  /** The value says whether the call context is the call's `IServerSecurity` pointer. */
  coGetCallContext(): Promise<Outcome<boolean>>;
  threadToken(full: boolean): Promise<Outcome<ThreadToken>>;
  tokenOfThread(threadId: number): Promise<Outcome<ThreadToken>>;
  setThreadToken(token: NativeToken | null): Promise<Outcome>;
  duplicateToken(level?: number): Promise<Outcome<NativeToken>>;
  checkAccess(descriptor: string, access: number): Promise<Outcome<boolean>>;
  /** Opens a file for reading, and closes it. */
  openFile(path: string): Promise<Outcome>;
}

export interface NativeHelperThread extends NativeThread {
  leave(): Promise<Outcome>;
}
