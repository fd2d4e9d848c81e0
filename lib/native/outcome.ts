/**
 * The outcome of a step on another thread. Its HRESULT is data here and not an exception, together
 * with the thread and the time of the step.
 */
export interface Outcome<T = unknown> {
  /** The HRESULT as an unsigned number: `0x80010117`. */
  readonly hresult: number;

  /** The HRESULT's name in the Windows headers: `'RPC_E_CALL_COMPLETE'`. */
  readonly code: string;

  /**
   * The kind of failure, or `null` if the step succeeded.
   *
   * - `'descriptor'`: a string is not a valid security descriptor.
   * - `'threadGone'`: the thread no longer belongs to the call, so the step did not run.
   * - `'system'`: every other failure.
   */
  readonly failure: 'system' | 'descriptor' | 'threadGone' | null;

  /** The name of the function that returned the HRESULT. `null` if no function was called. */
  readonly operation: string | null;

  /** The Windows id of the thread on which the step ran. */
  readonly threadId: number;

  /**
   * The time when the step was done, in ticks of `QueryPerformanceCounter`.
   *
   * @see https://learn.microsoft.com/en-us/windows/win32/api/profileapi/nf-profileapi-queryperformancecounter
   */
  readonly time: bigint;

  /** What the step returned. Missing if it failed or returns nothing. */
  readonly value?: T;
}
