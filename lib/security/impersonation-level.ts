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

/** The number of a level in `SECURITY_IMPERSONATION_LEVEL`. @throws TypeError */
export function levelNumber(level: unknown, what: string): number {
  const number = order.indexOf(level as ImpersonationLevel);
  if (number === -1) {
    const all = order.map((one) => `'${one}'`);
    throw new TypeError(`${what} must be ${all.slice(0, -1).join(', ')} or ${all.at(-1) ?? ''}`);
  }
  return number;
}

/** The level that a look at a thread found; `null` where it found no token. */
export function levelOf(seen: ThreadToken): ImpersonationLevel | null {
  return seen.state === 'anonymous' ? 'anonymous' : (seen.token?.level ?? null);
}

/** Whether a level is at least as high as another. */
export function reaches(granted: ImpersonationLevel, needed: ImpersonationLevel): boolean {
  return order.indexOf(granted) >= order.indexOf(needed);
}

/** Whether a failure is for want of level: too low a one, or the lowest, which nobody can open. */
export function isForWantOfLevel(error: unknown): error is ComError {
  return (
    isLowered(error) ||
    (error instanceof ComError && error.hresult === hresults.ERROR_CANT_OPEN_ANONYMOUS)
  );
}

/** Whether a failure is that a token would have lost its level. */
export function isLowered(error: unknown): error is ComError {
  return error instanceof ComError && error.hresult === hresults.ERROR_BAD_IMPERSONATION_LEVEL;
}

/** What {@link levelError} tells of. */
export interface WantOfLevel {
  /** What was to be done: `'duplicateToken'`. */
  readonly operation: string;
  readonly needed: ImpersonationLevel;

  /** `null`: not known. */
  readonly granted: ImpersonationLevel | null;

  /** Whose token it is: a SID. `null`: not known. */
  readonly user: string | null;
  readonly cause?: unknown;
}

/**
 * The error that says what a token's level is, which one is needed, and how to come by it.
 *
 * @param server - The server's own token, in full.
 */
export function levelError(
  { operation, needed, granted, user, cause }: WantOfLevel,
  server: Pick<TokenDescription, 'user' | 'privileges'>,
): ComError {
  const has = granted === null ? 'has not that level' : `is at ${granted}`;
  const grant = needed === 'delegation' ? 'delegate' : clientLevels[needed];
  const parts = [
    `${operation} needs the client's token at ${needed} or above, and it ${has}`,
    `the client grants it with initializeSecurity({ impersonationLevel: '${grant}' }), before it ` +
      `connects, or with connect(name, { blanket: { impersonationLevel: '${grant}' } }); by COM's ` +
      'default a server may only identify its client',
  ];
  if (mayBeLowered(needed, user, server)) {
    parts.push(
      `${accountOf(server)}, the server's account, has no SeImpersonatePrivilege: without it ` +
        "Windows gives another account's token at identification, whatever the client grants (the " +
        "right is 'Impersonate a client after authentication')",
    );
  }
  return new ComError(`${parts.join('. ')}.`.replace(/\. ([a-z])/g, capital), {
    hresult: hresults.ERROR_BAD_IMPERSONATION_LEVEL,
    ...(cause === undefined ? {} : { cause }),
  });
}

/** {@link levelError} for what was seen on a thread of this process. */
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

// What a client says, for what comes of it at its server.
const clientLevels = {
  anonymous: 'anonymous',
  identification: 'identify',
  impersonation: 'impersonate',
} as const;

/** The same account's token is not lowered; whose it is may not be known. */
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
