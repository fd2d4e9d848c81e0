import type { Outcome } from '../../native/outcome.js';
import type { ThreadToken } from '../../native/token-description.js';

/** What a witness saw in one look at a thread, as plain data. */
export interface PlainThreadToken {
  readonly state: ThreadToken['state'];

  /** The error of the look: its number, its name, and the function that failed. */
  readonly error: {
    readonly code: number;
    readonly name: string;
    readonly function: string;
  } | null;

  readonly type: 'primary' | 'impersonation' | null;
  readonly level: string | null;
  /** The id of the token that the witness opened. It may be a duplicate, see {@link tokenIn}. */
  readonly tokenId: string | null;
  /** An id that a token shares with its duplicates, but not with other tokens. */
  readonly modifiedId: string | null;
  readonly user: string | null;

  /** Ticks of `QueryPerformanceCounter`. */
  readonly time: number;
}

/** What the witnesses saw on one thread, one after another, while the thread waited. */
export interface Look {
  readonly kind: 'look';
  readonly label: string;
  readonly threadId: number;
  readonly expected: 'absent' | 'present';

  /** What the thread itself saw. `null` if async-com runs no code on the thread. */
  readonly thread: PlainThreadToken | null;
  readonly otherThread: PlainThreadToken;
  readonly otherProcess: PlainThreadToken;

  /** `null` if the verification has no further witness. */
  readonly furtherWitness: PlainThreadToken | null;
  readonly ok: boolean;

  /** The other rule that promises this. `null` if the rule itself promises it. */
  readonly given: string | null;
}

/** The result of a function that was called on a thread. */
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

/** Returns a `ThreadToken` as plain data, for reports. */
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

/** The parts of an outcome that a step records. */
export type StepOutcome = Pick<
  Outcome,
  'hresult' | 'code' | 'operation' | 'threadId' | 'time' | 'value'
>;

/** Returns a step's outcome as plain data. The caller judges whether it is `ok`. */
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

/** Returns what the witnesses saw, in the order in which they looked. */
export function threadTokensIn(look: WitnessedTokens): PlainThreadToken[] {
  const { thread, otherThread, otherProcess, furtherWitness } = look;
  return [thread, otherThread, otherProcess, furtherWitness].filter((one) => one !== null);
}

/** Returns whether all witnesses saw the same: the same state and the same token. */
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
 * Returns which token a look saw, if its witnesses agree. On Windows a witness cannot open the
 * token that `ImpersonateClient` has put on a thread: it gets a duplicate with another id. Such a
 * token is identified by what its duplicates have in common.
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

/** Returns whether a look saw what a rule expects. An anonymous token counts as present. */
export function shows(threadToken: PlainThreadToken, expected: Look['expected']): boolean {
  if (expected === 'absent') return threadToken.state === 'absent';
  return (
    threadToken.state === 'anonymous' ||
    (threadToken.state === 'present' && threadToken.type === 'impersonation')
  );
}
