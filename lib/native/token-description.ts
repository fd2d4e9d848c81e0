// Descriptions of access tokens. A token says with which identity a thread or a process acts.
// https://learn.microsoft.com/en-us/windows/win32/secauthz/access-tokens

/**
 * How far a server may act as the client whose token it has.
 *
 * - `anonymous`: the server can neither know the client nor act as the client. Nobody can open such
 *   a token. For a thread that has one, {@link ThreadToken.state} is `'anonymous'`, and there is no
 *   description of the token.
 * - `identification`: the server may learn who the client is, and may check access with the token.
 *   To open an object with it fails with `ERROR_BAD_IMPERSONATION_LEVEL`.
 * - `impersonation`: the server may act as the client on the server's computer.
 * - `delegation`: the server may act as the client on other computers as well.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/api/winnt/ne-winnt-security_impersonation_level
 */
export type ImpersonationLevel = 'anonymous' | 'identification' | 'impersonation' | 'delegation';

/** A user or a group: its security identifier (SID) and its name. */
export interface TokenAccount {
  /** The SID: `'S-1-5-32-544'`. */
  readonly sid: string;

  /**
   * The account's domain: `'BUILTIN'`. An empty string for an account without a domain, such as
   * Everyone. `null` if names were not asked for, or if this host finds no name for the SID.
   *
   * @see https://learn.microsoft.com/en-us/windows/win32/api/winbase/nf-winbase-lookupaccountsidw
   */
  readonly domain: string | null;

  /** The account's name: `'Administrators'`. `null` in the same cases as {@link domain}. */
  readonly name: string | null;
}

/**
 * An attribute of a group in a token.
 *
 * - `mandatory`: the group cannot be disabled.
 * - `enabled-by-default`: the group is enabled by default.
 * - `enabled`: access checks use the group.
 * - `owner`: the group may own objects.
 * - `deny-only`: access checks use the group only to deny access.
 * - `integrity`, `integrity-enabled`: the group is an integrity label.
 * - `resource`: the group is a domain-local group.
 * - `logon-id`: the SID is that of the logon session.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/api/winnt/ns-winnt-token_groups
 */
export type TokenGroupAttribute =
  | 'mandatory'
  | 'enabled-by-default'
  | 'enabled'
  | 'owner'
  | 'deny-only'
  | 'integrity'
  | 'integrity-enabled'
  | 'resource'
  | 'logon-id';

/**
 * A group in a token.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/secauthz/sid-attributes-in-an-access-token
 */
export interface TokenGroup extends TokenAccount {
  /** The group's attributes. */
  readonly attributes: readonly TokenGroupAttribute[];
}

/**
 * A privilege in a token. A token can hold a privilege that is not enabled.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/secauthz/privilege-constants
 * @see https://learn.microsoft.com/en-us/windows/win32/api/winnt/ns-winnt-token_privileges
 */
export interface TokenPrivilege {
  /**
   * The privilege's name: `'SeImpersonatePrivilege'`. The privilege's number, as a string, if this
   * host has no name for it.
   */
  readonly name: string;

  /** Whether the privilege is enabled now. */
  readonly enabled: boolean;

  /** Whether the privilege is enabled by default. */
  readonly enabledByDefault: boolean;
}

/**
 * A token's integrity level. A value between two levels gets the name of the lower level. `sid` has
 * the exact value.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/secauthz/mandatory-integrity-control
 * @see https://learn.microsoft.com/en-us/windows/win32/secauthz/well-known-sids
 */
export interface TokenIntegrity {
  /** The SID of the integrity level: `'S-1-16-8192'`. */
  readonly sid: string;

  /** The name of the integrity level. */
  readonly level: 'untrusted' | 'low' | 'medium' | 'medium-plus' | 'high' | 'system' | 'protected';
}

/**
 * The description of a token. A property is `null` if the host could not tell, or if {@link detail}
 * is `'brief'` and the property was not asked for. async-com never guesses a value.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/api/securitybaseapi/nf-securitybaseapi-gettokeninformation
 * @see https://learn.microsoft.com/en-us/windows/win32/api/winnt/ne-winnt-token_information_class
 */
export interface TokenDescription {
  /**
   * How much of the token is described. `'brief'` is the type, the level, the identifiers and the
   * user's SID: Windows need not look up any names. {@link groups} and all properties after it are
   * then `null`, and so are the user's domain and name.
   */
  readonly detail: 'brief' | 'full';

  /**
   * The type of the token. A process has a primary token. A thread that acts as another account has
   * an impersonation token.
   */
  readonly type: 'primary' | 'impersonation';

  /** The impersonation level. `null` for a primary token, because it has no level. */
  readonly level: ImpersonationLevel | null;

  /**
   * The identifier of the token (a LUID). It is the same from whichever thread or process it is
   * read. Every duplicate of a token has another identifier.
   *
   * @see https://learn.microsoft.com/en-us/windows/win32/api/winnt/ns-winnt-token_statistics
   */
  readonly tokenId: bigint;

  /**
   * An identifier that changes each time the token is modified, for example when a privilege is
   * enabled.
   */
  readonly modifiedId: bigint;

  /**
   * The identifier of the logon session. All tokens of one logon have the same. `null` on a host
   * without logon sessions (Wine 8.0).
   *
   * @see https://learn.microsoft.com/en-us/windows/win32/secauthn/lsa-logon-sessions
   */
  readonly logonSession: bigint | null;

  /** The user whose token it is. */
  readonly user: TokenAccount;

  /** The groups in the token. */
  readonly groups: readonly TokenGroup[] | null;

  /** The privileges in the token. */
  readonly privileges: readonly TokenPrivilege[] | null;

  /** The token's integrity level. */
  readonly integrity: TokenIntegrity | null;

  /**
   * Whether the token has restricting SIDs. Every access must then be granted to these SIDs as
   * well. `null` on a host that cannot tell (Wine 8.0).
   *
   * @see https://learn.microsoft.com/en-us/windows/win32/secauthz/restricted-tokens
   */
  readonly restricted: boolean | null;

  /**
   * Whether the token is elevated: an administrator's rights are in effect.
   *
   * @see https://learn.microsoft.com/en-us/windows/win32/api/winnt/ns-winnt-token_elevation
   */
  readonly elevated: boolean | null;

  /**
   * The source of the token: `'User32'` for an interactive logon, `'Advapi'` for a service. `null`
   * also if async-com has no right to read it, as for a token that was found on a thread.
   *
   * @see https://learn.microsoft.com/en-us/windows/win32/api/winnt/ns-winnt-token_source
   */
  readonly source: string | null;
}

/**
 * The reason why there is no description of a thread's token.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/debug/system-error-codes
 */
export interface ThreadTokenError {
  /** The code from `GetLastError`: 1008. */
  readonly code: number;

  /**
   * The code's name: `'ERROR_NO_TOKEN'`. The number, as a string, if async-com has no name for it.
   */
  readonly name: string;

  /**
   * The function that failed: `'OpenThreadToken'`, or `'OpenThread'` if there is no such thread, or
   * it cannot be opened. `null` if no function of Windows failed.
   */
  readonly function: string | null;
}

/**
 * What one look at a thread's impersonation token found. A thread without a token is not an error.
 * {@link state} is one of:
 *
 * - `absent`: the thread has no token and acts as its process (`ERROR_NO_TOKEN`).
 * - `anonymous`: the thread has a token at anonymous level. Nobody can open it
 *   (`ERROR_CANT_OPEN_ANONYMOUS`).
 * - `present`: the thread has a token, which {@link token} describes.
 * - `unknown`: this look cannot tell, and {@link error} says why. If no such thread exists, it is
 *   `ERROR_INVALID_PARAMETER` from `OpenThread`.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/secauthz/impersonation-tokens
 * @see https://learn.microsoft.com/en-us/windows/win32/api/processthreadsapi/nf-processthreadsapi-openthreadtoken
 * @see https://learn.microsoft.com/en-us/windows/win32/api/processthreadsapi/nf-processthreadsapi-openthread
 */
export interface ThreadToken {
  /** Whether the thread has a token. */
  readonly state: 'absent' | 'anonymous' | 'present' | 'unknown';

  /** The Windows id of the thread. */
  readonly threadId: number;

  /** Why there is no description of a token. `null` only if `state` is `'present'`. */
  readonly error: ThreadTokenError | null;

  /**
   * The time of the look, in ticks of the performance counter.
   *
   * @see https://learn.microsoft.com/en-us/windows/win32/api/profileapi/nf-profileapi-queryperformancecounter
   */
  readonly time: bigint;

  /** The description of the token. `null` if `state` is not `'present'`. */
  readonly token: TokenDescription | null;
}
