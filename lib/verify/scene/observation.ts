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
  /** The id of the token that the witness opened. It may be a duplicate, see token-assertion.ts. */
  readonly tokenId: string | null;
  /**
   * An id that a token shares with its duplicates, but not with other tokens. No documentation
   * promises that; see token-assertion.ts.
   */
  readonly modifiedId: string | null;
  /** The id of the logon session, which is the same for every token of the session. */
  readonly authenticationId: string | null;
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

/** A fact that nothing promises: it is recorded, and not judged. */
export interface Recorded {
  readonly name: string;
  readonly value: string;
}

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
    authenticationId: token.token?.logonSession == null ? null : hex(token.token.logonSession),
    user: token.token?.user.sid ?? null,
    time: Number(token.time),
  };
}

/**
 * Returns what a witness saw of a thread of COM after Begin_ had returned. If the thread has ended,
 * it has no token.
 */
export function absentIfEnded(seen: PlainThreadToken): PlainThreadToken {
  const ended =
    seen.error?.name === 'ERROR_INVALID_PARAMETER' && seen.error.function === 'OpenThread';
  return ended ? { ...seen, state: 'absent' } : seen;
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

function hex(id: bigint): string {
  return `0x${id.toString(16)}`;
}
