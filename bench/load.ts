// The data that the processes of the benchmark exchange.

/** A number of calls of the echo method, with a number of them in flight at a time. */
export interface Load {
  readonly inFlight: number;
  readonly bytes: number;
  readonly calls: number;
}

/** What a Node process spent since it was last asked, in milliseconds. */
export interface Spent {
  /** The active time of the event loop. It is JavaScript's own time if nothing preempts the thread. */
  readonly loop: number;

  /** The processor time of all threads. */
  readonly processor: number;
}

/** The result of a load. */
export interface Measured {
  readonly milliseconds: number;

  /** `null` if the client or the server is not a Node process. */
  readonly client: Spent | null;
  readonly server: Spent | null;
}

/** The part of the result that a client knows. */
export type ClientMeasured = Pick<Measured, 'milliseconds' | 'client'>;
