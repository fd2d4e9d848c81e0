// What the SEC rules hold against what was seen: plain functions, so that tests can show that each
// of them can fail.
import { cloakingOf, nameOf, authnLevels, impersonationLevels } from '../../security/names.js';
import type { ClientImpersonationLevel } from '../../security/names.js';
import type { Blanket } from '../../security/blanket.js';
import type { CallObjectBlankets } from '../../native/probes.js';
import type { Outcome } from '../../native/outcome.js';
import type { ThreadToken } from '../../native/token-description.js';
import { levelOf } from '../../security/impersonation-level.js';

/** One thing that was expected, and what was seen instead or indeed. */
export interface Judgement {
  readonly label: string;
  readonly expected: string;
  readonly seen: string;
  readonly ok: boolean;
}

/** A privilege that every account's processes have, and the client's own token of SEC-5 has not. */
export const distinctivePrivilege = 'SeChangeNotifyPrivilege';

function same(label: string, expected: string, seen: string): Judgement {
  return { label, expected, seen, ok: expected === seen };
}

/** SEC-1. @param account - The client's, `'DOMAIN\\ada'`. */
export function judgeBlanket(
  asked: keyof typeof authnLevels,
  account: string,
  seen: Blanket,
): Judgement[] {
  return [
    {
      label: 'the authentication service',
      expected: 'one',
      seen: seen.authnService,
      ok: seen.authnService !== 'none',
    },
    {
      label: `the level of a client at ${asked}`,
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
  const label = `the token's level, of a client at ${granted}`;
  return same(label, tokenLevels[granted], levelOf(seen) ?? `no token (${seen.state})`);
}

/** SEC-3. */
export function judgeOpening(outcome: Outcome): Judgement {
  return same('opening a folder with it', 'ERROR_BAD_IMPERSONATION_LEVEL', outcome.code);
}

/** SEC-4. */
export function judgeAccount(sid: string, seen: ThreadToken): Judgement {
  return same('the token’s account', sid, seen.token?.user.sid ?? `no token (${seen.state})`);
}

/** SEC-5. @param who - Whose token is to be seen; the client thread's lacks a privilege. */
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

/** SEC-6. @param asked - What was set on the call object. */
export function judgeCallObject(asked: LocalLevel, seen: CallObjectBlankets): Judgement[] {
  const { before, after, proxyAfter } = seen;
  const level = ({ impersonationLevel }: { impersonationLevel: number | null }): string =>
    nameOf(impersonationLevels, impersonationLevel ?? 0);
  return [
    same('the call object’s level, once set', asked, level(after)),
    same('the proxy’s level after that', level(before), level(proxyAfter)),
    same(
      'the proxy’s cloaking',
      cloakingOf(before.capabilities),
      cloakingOf(proxyAfter.capabilities),
    ),
  ];
}

/** SEC-7. @param code - What the client got. @param handlers - How many ran. */
export function judgeRefusal(code: string, handlers: number): Judgement[] {
  return [
    same('a caller outside the access permissions', 'E_ACCESSDENIED', code),
    same('handlers that ran for it', '0', String(handlers)),
  ];
}

/** What a handler saw that tried to act as its client, and what else saw it. */
export interface Attempt {
  /** What its call came at; `'none'` also where COM says that nobody was authenticated. */
  readonly authnLevel: string;
  readonly impersonate: string;
  readonly failed: boolean;
  readonly onThread: ThreadToken['state'];
  readonly fromOtherThread: ThreadToken['state'];
}

/** SEC-8. */
export function judgeUnauthenticated(seen: Omit<Attempt, 'authnLevel'>): Judgement[] {
  return [
    {
      label: 'ImpersonateClient without authentication',
      expected: 'fails',
      seen: seen.impersonate,
      ok: seen.failed,
    },
    same('the thread after it', 'absent', seen.onThread),
    same('the same from another thread', 'absent', seen.fromOtherThread),
  ];
}
