// Decides whether a token is on a thread, or absent from it, as a rule expects.
import type { Look, PlainThreadToken } from './observation.js';

/** What the witnesses of a look saw. */
export type WitnessedTokens = Pick<
  Look,
  'thread' | 'otherThread' | 'otherProcess' | 'furtherWitness'
>;

/** Returns what the witnesses saw, in the order in which they looked. */
export function tokensSeen(look: WitnessedTokens): PlainThreadToken[] {
  const { thread, otherThread, otherProcess, furtherWitness } = look;
  return [thread, otherThread, otherProcess, furtherWitness].filter((one) => one !== null);
}

/** Returns whether all witnesses saw the same: the same state and the same token. */
export function witnessesAgree(look: WitnessedTokens): boolean {
  const seen = tokensSeen(look);
  const alike = seen.every(
    (one) =>
      one.state === seen[0]?.state && one.level === seen[0].level && one.user === seen[0].user,
  );
  // A host may have no logon sessions, and a witness may not tell.
  const sessions = seen.map(({ authenticationId }) => authenticationId).filter((id) => id !== null);
  const ids = idsIn(look).size;
  const modified = modifiedIdsIn(look).size;
  if (!alike || new Set(sessions).size > 1) return false;
  if (ids === 1) return modified === 1;
  return ids === seen.length && (modified === 1 || isModifiedByDuplicating(look));
}

/**
 * Returns whether each witness saw another token id and another `ModifiedId`. The witnesses have
 * duplicates then, and the system gives each duplicate a `ModifiedId` of its own.
 */
export function isModifiedByDuplicating(look: WitnessedTokens): boolean {
  const { length } = tokensSeen(look);
  return length > 1 && idsIn(look).size === length && modifiedIdsIn(look).size === length;
}

/**
 * Returns which token a look saw, if its witnesses agree. On Windows a witness cannot open the
 * token that `ImpersonateClient` has put on a thread: it gets a duplicate with another id. Such a
 * token is identified by what its duplicates have in common. If the duplicates do not have their
 * `ModifiedId` in common, these are the user, the level and the logon session.
 *
 * @see https://learn.microsoft.com/en-us/windows-hardware/drivers/ddi/ntifs/nf-ntifs-psimpersonateclient
 */
export function tokenIn(look: WitnessedTokens): string {
  const [first] = tokensSeen(look);
  if (idsIn(look).size === 1) return String(first?.tokenId);
  const { modifiedId, authenticationId } = first ?? {};
  const id = isModifiedByDuplicating(look) ? authenticationId : modifiedId;
  return `a duplicate, ${String(id)} ${String(first?.user)} ${String(first?.level)}`;
}

function modifiedIdsIn(look: WitnessedTokens): Set<string | null> {
  return new Set(tokensSeen(look).map(({ modifiedId }) => modifiedId));
}

function idsIn(look: WitnessedTokens): Set<string | null> {
  return new Set(tokensSeen(look).map(({ tokenId }) => tokenId));
}

/** Returns whether a look saw what a rule expects. An anonymous token counts as present. */
export function isAsExpected(threadToken: PlainThreadToken, expected: Look['expected']): boolean {
  if (expected === 'absent') return threadToken.state === 'absent';
  return (
    threadToken.state === 'anonymous' ||
    (threadToken.state === 'present' && threadToken.type === 'impersonation')
  );
}
