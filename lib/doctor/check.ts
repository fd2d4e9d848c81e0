/**
 * - `ok`: as expected.
 * - `limited`: this host or this account does not support everything. Nothing is broken.
 * - `wrong`: something is broken and must be fixed.
 */
export type CheckState = 'ok' | 'limited' | 'wrong';

/** The result of one check. */
export interface Check {
  /** A stable name for programs, such as `'proxy-stub'`. */
  readonly id: string;
  readonly state: CheckState;
  /** The name of the check for people. */
  readonly what: string;
  /** What the check found. */
  readonly seen: string;
  /** What it means, or what to do about it. `null` if there is nothing to add. */
  readonly advice: string | null;
}

/** The checks of one class. */
export interface ClassReport {
  readonly clsid: string;
  readonly checks: readonly Check[];
}

export interface DoctorReport {
  readonly host: readonly Check[];
  readonly classes: readonly ClassReport[];
}

/** Returns three functions that make a check with this `id` and `what`, one for each state. */
export function checkOf(id: string, what: string) {
  const make =
    (state: CheckState) =>
    (seen: string, advice: string | null = null): Check => ({ id, state, what, seen, advice });
  return { ok: make('ok'), limited: make('limited'), wrong: make('wrong') };
}

/** Returns whether any check found something broken. */
export function isWrong({ host, classes }: DoctorReport): boolean {
  return [...host, ...classes.flatMap(({ checks }) => checks)].some(
    ({ state }) => state === 'wrong',
  );
}
