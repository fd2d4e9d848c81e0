import type { Outcome } from '../../native/outcome.js';
import type { ThreadToken } from '../../native/token-description.js';

/** One look at a thread, in plain data: what a witness saw. */
export interface PlainThreadToken {
  readonly state: ThreadToken['state'];

  /** The error of the look: its number and name, and the function it is from. */
  readonly error: {
    readonly code: number;
    readonly name: string;
    readonly function: string;
  } | null;

  readonly type: 'primary' | 'impersonation' | null;
  readonly level: string | null;
  /** Of the token as it was opened; see {@link tokenIn}. */
  readonly tokenId: string | null;
  /** What a token's duplicates have in common, and others have not. */
  readonly modifiedId: string | null;
  readonly user: string | null;

  /** Ticks of `QueryPerformanceCounter`. */
  readonly time: number;
}

/** What the witnesses saw on one thread, one after another, while it stood still. */
export interface Look {
  readonly kind: 'look';
  readonly label: string;
  readonly threadId: number;
  readonly expected: 'absent' | 'present';

  /** `null`: nobody of ours is on the thread. */
  readonly thread: PlainThreadToken | null;
  readonly otherThread: PlainThreadToken;
  readonly otherProcess: PlainThreadToken;

  /** `null` where the verification was given no further witness. */
  readonly furtherWitness: PlainThreadToken | null;
  readonly ok: boolean;

  /** The rule whose promise this relies on; `null` where it is what the rule itself promises. */
  readonly given: string | null;
}

/** What came of a function called on a thread. */
export interface Step {
  readonly kind: 'step';
  readonly label: string;
  readonly threadId: number;
  readonly expected: string;
  readonly operation: string | null;
  readonly hresult: number;
  readonly code: string;
  readonly value: string | null;
  readonly time: number;
  readonly ok: boolean;
  readonly given: string | null;
}

export type Observation = Look | Step;

/** A threadToken as plain data, for reports. */
export function plainThreadToken(token: ThreadToken): PlainThreadToken {
  const { error } = token;
  return {
    state: token.state,
    error:
      error === null
        ? null
        : { code: error.code, name: error.name, function: error.function ?? 'OpenThreadToken' },
    type: token.token?.type ?? null,
    level: token.token?.level ?? null,
    tokenId: token.token === null ? null : hex(token.token.tokenId),
    modifiedId: token.token === null ? null : hex(token.token.modifiedId),
    user: token.token?.user.sid ?? null,
    time: Number(token.time),
  };
}

/** What of an outcome a step keeps. */
export type StepOutcome = Pick<
  Outcome,
  'hresult' | 'code' | 'operation' | 'threadId' | 'time' | 'value'
>;

/** A step's outcome as plain data. `ok` is the caller's to judge. */
export function stepOf(
  label: string,
  outcome: StepOutcome,
  expected: string,
  ok: boolean,
  given: string | null,
): Step {
  return {
    kind: 'step',
    label,
    threadId: outcome.threadId,
    expected,
    operation: outcome.operation,
    hresult: outcome.hresult,
    code: outcome.code,
    value: typeof outcome.value === 'boolean' ? String(outcome.value) : null,
    time: Number(outcome.time),
    ok,
    given,
  };
}

type WitnessedTokens = Pick<Look, 'thread' | 'otherThread' | 'otherProcess' | 'furtherWitness'>;

/** What those who could see saw, in the order that they looked. */
export function threadTokensIn(look: WitnessedTokens): PlainThreadToken[] {
  const { thread, otherThread, otherProcess, furtherWitness } = look;
  return [thread, otherThread, otherProcess, furtherWitness].filter((one) => one !== null);
}

/** Whether what the witnesses saw is one thing: all that can see agree, down to which token. */
export function agree(look: WitnessedTokens): boolean {
  const seen = threadTokensIn(look);
  const alike = seen.every(
    (one) =>
      one.state === seen[0]?.state &&
      one.modifiedId === seen[0].modifiedId &&
      one.level === seen[0].level &&
      one.user === seen[0].user,
  );
  const ids = idsIn(look).size;
  return alike && (ids === 1 || ids === seen.length);
}

/**
 * Which token a look saw, where its witnesses agree. On Windows the token that impersonating a client
 * has put on a thread cannot be opened itself: who opens it gets a duplicate of his own, with another
 * id. There it is known by what duplicates have in common.
 *
 * @see https://learn.microsoft.com/en-us/windows-hardware/drivers/ddi/ntifs/nf-ntifs-psimpersonateclient
 */
export function tokenIn(look: WitnessedTokens): string {
  const [first] = threadTokensIn(look);
  if (idsIn(look).size === 1) return String(first?.tokenId);
  return `a duplicate, ${String(first?.modifiedId)} ${String(first?.user)} ${String(first?.level)}`;
}

function idsIn(look: WitnessedTokens): Set<string | null> {
  return new Set(threadTokensIn(look).map(({ tokenId }) => tokenId));
}

function hex(id: bigint): string {
  return `0x${id.toString(16)}`;
}

/** Whether a threadToken is what a rule expects: an anonymous token is present, too. */
export function shows(threadToken: PlainThreadToken, expected: Look['expected']): boolean {
  if (expected === 'absent') return threadToken.state === 'absent';
  return (
    threadToken.state === 'anonymous' ||
    (threadToken.state === 'present' && threadToken.type === 'impersonation')
  );
}
