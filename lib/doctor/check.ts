/**
 * - `ok`: as it should be.
 * - `limited`: the host, or the account, cannot show everything; nothing is broken.
 * - `wrong`: something that needs mending.
 */
export type CheckState = 'ok' | 'limited' | 'wrong';

/** One thing that was looked at. */
export interface Check {
  /** Stable, for programs: `'proxy-stub'`. */
  readonly id: string;
  readonly state: CheckState;
  readonly what: string;
  readonly seen: string;
  /** What it means, or what to do; `null` where nothing is to be said. */
  readonly advice: string | null;
}

/** What was looked at of one class. */
export interface ClassReport {
  readonly clsid: string;
  readonly checks: readonly Check[];
}

export interface DoctorReport {
  readonly host: readonly Check[];
  readonly classes: readonly ClassReport[];
}

/** A check of this `id` and `what`, for each state. */
export function checkOf(id: string, what: string) {
  const make =
    (state: CheckState) =>
    (seen: string, advice: string | null = null): Check => ({ id, state, what, seen, advice });
  return { ok: make('ok'), limited: make('limited'), wrong: make('wrong') };
}

export function isWrong({ host, classes }: DoctorReport): boolean {
  return [...host, ...classes.flatMap(({ checks }) => checks)].some(
    ({ state }) => state === 'wrong',
  );
}
