// How the SEC rules judge what was seen. These are plain functions, so that tests can show that
// each of them can fail.
import { cloakingOf, nameOf, authnLevels, impersonationLevels } from '../../security/names.js';
import type { ClientImpersonationLevel } from '../../security/names.js';
import type { Blanket } from '../../security/blanket.js';
import type { CallObjectBlankets } from '../../native/probes.js';
import type { Outcome } from '../../native/outcome.js';
import type { ThreadToken, TokenPrivilege } from '../../native/token-description.js';
import { levelOf } from '../../security/impersonation-level.js';

/** What was expected, and what was seen. */
export interface Judgement {
  readonly label: string;
  readonly expected: string;
  readonly seen: string;
  readonly ok: boolean;
}

/** A privilege that the processes of every account have. The client's token in SEC-5 lacks it. */
export const distinctivePrivilege = 'SeChangeNotifyPrivilege';

function same(label: string, expected: string, seen: string): Judgement {
  return { label, expected, seen, ok: expected === seen };
}

/** SEC-1. @param account - The client's account, such as `'DOMAIN\\ada'`. */
export function judgeBlanket(
  asked: keyof typeof authnLevels,
  account: string,
  seen: Blanket,
): Judgement[] {
  return [
    {
      label: 'the authentication service',
      expected: 'any but none',
      seen: seen.authnService,
      ok: seen.authnService !== 'none',
    },
    {
      label: `authentication level (${asked})`,
      expected: `${asked} or above`,
      seen: seen.authnLevel,
      ok:
        seen.numbers.authnLevel >= authnLevels[asked] &&
        seen.numbers.authnLevel <= authnLevels['pkt-privacy'],
    },
    {
      label: 'the client’s account',
      expected: account,
      seen: seen.client ?? 'none',
      ok: seen.client?.toLowerCase() === account.toLowerCase(),
    },
  ];
}

const tokenLevels = {
  anonymous: 'anonymous',
  identify: 'identification',
  impersonate: 'impersonation',
} as const;

/** The levels that a client of any account can grant on its own computer. */
export type LocalLevel = keyof typeof tokenLevels & ClientImpersonationLevel;

/** SEC-2. */
export function judgeLevel(granted: LocalLevel, seen: ThreadToken): Judgement {
  const label = `the token’s level (${granted})`;
  return same(label, tokenLevels[granted], levelOf(seen) ?? `no token (${seen.state})`);
}

/** SEC-2, with a client at anonymous level. */
export function judgeAnonymous(seen: Pick<Attempt, 'impersonate' | 'onThread'>): Judgement {
  const { impersonate, onThread } = seen;
  return {
    label: 'the token’s level (anonymous)',
    expected: 'anonymous',
    seen: onThread === 'absent' ? `no token (${impersonate})` : onThread,
    ok: onThread === 'anonymous',
  };
}

/**
 * SEC-9. Returns the level of the token that a server with these privileges gets of a client of
 * another account. @param granted - The level that the client grants.
 */
export function levelWith(
  privileges: readonly TokenPrivilege[],
  granted: 'identify' | 'impersonate',
): 'identify' | 'impersonate' {
  const may = privileges.some(({ name, enabled }) => name === 'SeImpersonatePrivilege' && enabled);
  return may ? granted : 'identify';
}

/** SEC-3. */
export function judgeOpening(outcome: Outcome): Judgement {
  return same('opening a folder with the token', 'ERROR_BAD_IMPERSONATION_LEVEL', outcome.code);
}

/** SEC-4. */
export function judgeAccount(sid: string, seen: ThreadToken): Judgement {
  return same('the token’s account', sid, seen.token?.user.sid ?? `no token (${seen.state})`);
}

/**
 * SEC-5. @param who - Whose token is expected. The token of the client's thread lacks a privilege.
 */
export function judgeCloaking(
  label: string,
  who: 'the process’s' | 'the thread’s',
  seen: ThreadToken,
): Judgement {
  const privileges = seen.token?.privileges;
  if (!privileges) return same(label, who, `no privileges (${seen.state})`);
  const ofProcess = privileges.some(({ name }) => name === distinctivePrivilege);
  return same(label, who, ofProcess ? 'the process’s' : 'the thread’s');
}

/** SEC-6. @param asked - The level that was set on the call object. */
export function judgeCallObject(asked: LocalLevel, seen: CallObjectBlankets): Judgement[] {
  const { before, after, proxyAfter } = seen;
  const level = ({ impersonationLevel }: { impersonationLevel: number | null }): string =>
    nameOf(impersonationLevels, impersonationLevel ?? 0);
  return [
    same('level of the call object', asked, level(after)),
    same('level of the proxy after that', level(before), level(proxyAfter)),
    same(
      'cloaking of the proxy after that',
      cloakingOf(before.capabilities),
      cloakingOf(proxyAfter.capabilities),
    ),
  ];
}

/** SEC-7. @param code - The result that the client got. @param handlers - How many handlers ran. */
export function judgeRefusal(code: string, handlers: number): Judgement[] {
  return [
    same('a caller without access permission', 'E_ACCESSDENIED', code),
    same('handlers that ran', '0', String(handlers)),
  ];
}

/** What a handler saw when it tried to impersonate its client. */
export interface Attempt {
  /** The authentication level of the call. `'none'` also if COM reports no authenticated client. */
  readonly authnLevel: string;
  readonly impersonate: string;
  readonly failed: boolean;
  readonly onThread: ThreadToken['state'];
  /** The level of the token on the thread. `null` if there is none, or if it cannot be opened. */
  readonly level: string | null;
  readonly fromOtherThread: ThreadToken['state'];
}

/** SEC-8. */
export function judgeUnauthenticated(seen: Omit<Attempt, 'authnLevel' | 'level'>): Judgement[] {
  return [
    {
      label: 'ImpersonateClient without authentication',
      expected: 'fails',
      seen: seen.impersonate,
      ok: seen.failed,
    },
    same('the thread after that', 'absent', seen.onThread),
    same('the thread, seen from another', 'absent', seen.fromOtherThread),
  ];
}
