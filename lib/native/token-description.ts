/**
 * Access tokens as the addon tells of them: whose identity a thread or a process acts with.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/secauthz/access-tokens
 */

/**
 * How far a server may act as the client whose token it has.
 *
 * - `anonymous`: the server can neither know nor act as the client. Such a token cannot be opened,
 *   so a thread that has one is seen as {@link ThreadToken.state} `'anonymous'`, without a
 *   description.
 * - `identification`: the server may learn who the client is and check access with the token;
 *   opening an object under it fails with `ERROR_BAD_IMPERSONATION_LEVEL`.
 * - `impersonation`: the server may act as the client on its own computer.
 * - `delegation`: on other computers as well.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/api/winnt/ne-winnt-security_impersonation_level
 */
export type ImpersonationLevel = 'anonymous' | 'identification' | 'impersonation' | 'delegation';

/** A user or a group, by its security identifier and, where it has one, by its name. */
export interface TokenAccount {
  /** `'S-1-5-32-544'`. */
  readonly sid: string;

  /**
   * `'BUILTIN'`. An empty string for an account without a domain, such as Everyone. `null` where
   * names were not asked for, or this host can name no account with this SID.
   *
   * @see https://learn.microsoft.com/en-us/windows/win32/api/winbase/nf-winbase-lookupaccountsidw
   */
  readonly domain: string | null;

  /** `'Administrators'`. `null` as for {@link domain}. */
  readonly name: string | null;
}

/**
 * What a group may do in an access check.
 *
 * - `mandatory`: cannot be disabled.
 * - `enabled-by-default`, `enabled`: counts in access checks.
 * - `owner`: may own objects.
 * - `deny-only`: counts only where it denies.
 * - `integrity`, `integrity-enabled`: is an integrity label.
 * - `resource`: is a domain-local group.
 * - `logon-id`: names the logon session.
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
 * A group of a token.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/secauthz/sid-attributes-in-an-access-token
 */
export interface TokenGroup extends TokenAccount {
  readonly attributes: readonly TokenGroupAttribute[];
}

/**
 * A privilege of a token: held, and enabled or not.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/secauthz/privilege-constants
 * @see https://learn.microsoft.com/en-us/windows/win32/api/winnt/ns-winnt-token_privileges
 */
export interface TokenPrivilege {
  /** `'SeImpersonatePrivilege'`; the privilege's number where this host has no name for it. */
  readonly name: string;
  readonly enabled: boolean;
  readonly enabledByDefault: boolean;
}

/**
 * A token's integrity. A value between two levels has the name of the lower one; `sid` is exact.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/secauthz/mandatory-integrity-control
 * @see https://learn.microsoft.com/en-us/windows/win32/secauthz/well-known-sids
 */
export interface TokenIntegrity {
  /** `'S-1-16-8192'`. */
  readonly sid: string;
  readonly level: 'untrusted' | 'low' | 'medium' | 'medium-plus' | 'high' | 'system' | 'protected';
}

/**
 * What a token says of itself. `null` is never a guess: the host could not tell, or
 * {@link detail} is `'brief'` and it was not asked for.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/api/securitybaseapi/nf-securitybaseapi-gettokeninformation
 * @see https://learn.microsoft.com/en-us/windows/win32/api/winnt/ne-winnt-token_information_class
 */
export interface TokenDescription {
  /**
   * `'brief'`: type, level, identifiers and the user's SID only, which takes no look-up of names.
   * Everything from {@link groups} on is then `null`, and so are the user's domain and name.
   */
  readonly detail: 'brief' | 'full';

  /** A process has a primary token, a thread that acts as somebody an impersonation token. */
  readonly type: 'primary' | 'impersonation';

  /** `null` for a primary token, which has no level. */
  readonly level: ImpersonationLevel | null;

  /**
   * Which token this is: the same from wherever it is looked at, another for every duplicate.
   *
   * @see https://learn.microsoft.com/en-us/windows/win32/api/winnt/ns-winnt-token_statistics
   */
  readonly tokenId: bigint;

  /** Changes each time the token is modified, such as by enabling a privilege. */
  readonly modifiedId: bigint;

  /**
   * The logon session, shared by all tokens of one logon. `null` on a host that has none (Wine 8.0).
   *
   * @see https://learn.microsoft.com/en-us/windows/win32/secauthn/lsa-logon-sessions
   */
  readonly logonSession: bigint | null;

  readonly user: TokenAccount;

  readonly groups: readonly TokenGroup[] | null;

  readonly privileges: readonly TokenPrivilege[] | null;

  readonly integrity: TokenIntegrity | null;

  /**
   * Whether the token has restricting SIDs, so that every access must be granted to these as well.
   * `null` on a host that cannot tell (Wine 8.0).
   *
   * @see https://learn.microsoft.com/en-us/windows/win32/secauthz/restricted-tokens
   */
  readonly restricted: boolean | null;

  /**
   * Whether the token has its administrator's rights in force.
   *
   * @see https://learn.microsoft.com/en-us/windows/win32/api/winnt/ns-winnt-token_elevation
   */
  readonly elevated: boolean | null;

  /**
   * Who made the token: `'User32'` for an interactive logon, `'Advapi'` for a service. `null` also
   * where the token may not be asked for it, as when it was found on a thread.
   *
   * @see https://learn.microsoft.com/en-us/windows/win32/api/winnt/ns-winnt-token_source
   */
  readonly source: string | null;
}

/**
 * Why a look at a thread gave no token that can be described.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/debug/system-error-codes
 */
export interface ThreadTokenError {
  /** What `GetLastError` said: 1008. */
  readonly code: number;

  /** `'ERROR_NO_TOKEN'`; the number as text where the code has no name here. */
  readonly name: string;

  /** The function that failed: `'OpenThreadToken'`, or `'OpenThread'` where there is no thread. */
  readonly function: string | null;
}

/**
 * What one look at a thread's impersonation token found.
 *
 * A look never throws: a thread without a token is an answer. `state` says which:
 *
 * - `absent`: the thread has no token and acts as its process (`ERROR_NO_TOKEN`).
 * - `anonymous`: it has one, at anonymous level, which nobody can open
 *   (`ERROR_CANT_OPEN_ANONYMOUS`).
 * - `present`: it has one, described in {@link token}.
 * - `unknown`: this look cannot tell; {@link error} says why. Without such a thread that is
 *   `ERROR_INVALID_PARAMETER` from `OpenThread`.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/secauthz/impersonation-tokens
 * @see https://learn.microsoft.com/en-us/windows/win32/api/processthreadsapi/nf-processthreadsapi-openthreadtoken
 * @see https://learn.microsoft.com/en-us/windows/win32/api/processthreadsapi/nf-processthreadsapi-openthread
 */
export interface ThreadToken {
  readonly state: 'absent' | 'anonymous' | 'present' | 'unknown';

  /** The thread that was looked at. */
  readonly threadId: number;

  /** `null` only where `state` is `'present'`. */
  readonly error: ThreadTokenError | null;

  /**
   * When the look was done, in ticks of the performance counter.
   *
   * @see https://learn.microsoft.com/en-us/windows/win32/api/profileapi/nf-profileapi-queryperformancecounter
   */
  readonly time: bigint;

  /** `null` where `state` is not `'present'`. */
  readonly token: TokenDescription | null;
}
