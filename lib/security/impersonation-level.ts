import { ComError } from '../errors/com-error.js';
import type {
  ImpersonationLevel,
  ThreadToken,
  TokenDescription,
} from '../native/token-description.js';
import { processToken } from './thread-token.js';
import { hresults } from '../errors/hresults.js';

const order: readonly ImpersonationLevel[] = [
  'anonymous',
  'identification',
  'impersonation',
  'delegation',
];

/**
 * Returns the number of a level in `SECURITY_IMPERSONATION_LEVEL`.
 *
 * @throws TypeError - When `level` is not a level. The message begins with `argument`.
 */
export function levelNumber(level: unknown, argument: string): number {
  const number = order.indexOf(level as ImpersonationLevel);
  if (number === -1) {
    const all = order.map((one) => `'${one}'`);
    throw new TypeError(
      `${argument} must be ${all.slice(0, -1).join(', ')} or ${all.at(-1) ?? ''}`,
    );
  }
  return number;
}

/** Returns the level that a look at a thread found, or `null` if it found no token. */
export function levelOf(seen: ThreadToken): ImpersonationLevel | null {
  return seen.state === 'anonymous' ? 'anonymous' : (seen.token?.level ?? null);
}

/** Returns whether a level is at least as high as another one. */
export function reaches(granted: ImpersonationLevel, needed: ImpersonationLevel): boolean {
  return order.indexOf(granted) >= order.indexOf(needed);
}

/**
 * Returns whether a step failed because the level of the token is too low. A token at the lowest
 * level, anonymous, cannot be opened at all.
 */
export function isLevelTooLow(error: unknown): error is ComError {
  return (
    isLowered(error) ||
    (error instanceof ComError && error.hresult === hresults.ERROR_CANT_OPEN_ANONYMOUS)
  );
}

/** Returns whether a step failed because Windows would have lowered the level of the token. */
export function isLowered(error: unknown): error is ComError {
  return error instanceof ComError && error.hresult === hresults.ERROR_BAD_IMPERSONATION_LEVEL;
}

/** What {@link levelError} puts into its message. */
export interface LevelErrorDetails {
  /** The method that failed: `'duplicateToken'`. */
  readonly operation: string;

  /** The level that the method needs. */
  readonly needed: ImpersonationLevel;

  /** The level of the token. `null` if it is not known. */
  readonly granted: ImpersonationLevel | null;

  /** The SID of the token's user. `null` if it is not known. */
  readonly user: string | null;

  readonly cause?: unknown;
}

/**
 * Makes the error for a token whose level is too low. Its message has the level of the token, the
 * level that is needed, and how the client or the administrator of the server can grant it.
 *
 * @param server - The primary token of the server's process, described in full.
 */
export function levelError(
  { operation, needed, granted, user, cause }: LevelErrorDetails,
  server: Pick<TokenDescription, 'user' | 'privileges'>,
): ComError {
  const has = granted === null ? 'does not have that level' : `is at ${granted}`;
  const grant = needed === 'delegation' ? 'delegate' : clientLevels[needed];
  const parts = [
    `${operation} needs the client's token at ${needed} or above, and it ${has}`,
    `the client grants it with initializeSecurity({ impersonationLevel: '${grant}' }), before it ` +
      `connects, or with connect(name, { blanket: { impersonationLevel: '${grant}' } }); by COM's ` +
      'default a server may only identify its client',
  ];
  if (mayBeLowered(needed, user, server)) {
    parts.push(
      `the server's account, ${accountOf(server)}, does not have SeImpersonatePrivilege ` +
        "('Impersonate a client after authentication') enabled. Without this privilege, Windows " +
        "lowers another account's token to identification, whatever the client grants",
    );
  }
  return new ComError(`${parts.join('. ')}.`.replace(/\. ([a-z])/g, capital), {
    hresult: hresults.ERROR_BAD_IMPERSONATION_LEVEL,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** Makes the {@link levelError} for the token that was found on a thread of this process. */
export async function levelErrorOf(
  operation: string,
  needed: ImpersonationLevel,
  seen: ThreadToken,
  cause?: unknown,
): Promise<ComError> {
  const user = seen.token?.user.sid ?? null;
  return levelError(
    { operation, needed, granted: levelOf(seen), user, cause },
    await processToken(),
  );
}

// The client's impersonation level that gives the server a token at each level.
const clientLevels = {
  anonymous: 'anonymous',
  identification: 'identify',
  impersonation: 'impersonate',
} as const;

/**
 * Returns whether Windows may have lowered the token. It does not lower a token of the server's own
 * account. A token whose user is not known may be of another account.
 */
function mayBeLowered(
  needed: ImpersonationLevel,
  user: string | null,
  server: Pick<TokenDescription, 'user' | 'privileges'>,
): boolean {
  if (!reaches(needed, 'impersonation') || user === server.user.sid) return false;
  return server.privileges?.some(isImpersonate) === false;
}

function isImpersonate({ name, enabled }: { name: string; enabled: boolean }): boolean {
  return name === 'SeImpersonatePrivilege' && enabled;
}

function accountOf({ user }: Pick<TokenDescription, 'user'>): string {
  if (user.name === null) return user.sid;
  return user.domain ? `${user.domain}\\${user.name}` : user.name;
}

function capital(_: string, letter: string): string {
  return `. ${letter.toUpperCase()}`;
}
