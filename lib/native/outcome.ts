/**
 * What came of a step on another thread: its HRESULT as data, not as an exception, with where and
 * when it ran.
 */
export interface Outcome<T = unknown> {
  /** Unsigned, as it is written: `0x80010117`. */
  readonly hresult: number;

  /** Its name in the Windows headers: `'RPC_E_CALL_COMPLETE'`. */
  readonly code: string;

  /**
   * What kind of failure it is; `null` where it succeeded. `'descriptor'`: a security descriptor's
   * text is none. `'threadGone'`: the thread is no longer the call's. `'system'`: any other.
   */
  readonly failure: 'system' | 'descriptor' | 'threadGone' | null;

  /** The function the HRESULT is from. `null` where it was not called. */
  readonly operation: string | null;

  readonly threadId: number;

  /**
   * When the step was done, in ticks of `QueryPerformanceCounter`.
   *
   * @see https://learn.microsoft.com/en-us/windows/win32/api/profileapi/nf-profileapi-queryperformancecounter
   */
  readonly time: bigint;

  readonly value?: T;
}
