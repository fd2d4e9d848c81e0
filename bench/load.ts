// What the processes of the benchmark say to each other.

/** So many calls of the echo method, so many at a time. */
export interface Load {
  readonly inFlight: number;
  readonly bytes: number;
  readonly calls: number;
}

/** What a Node process spent since it was last asked, in milliseconds. */
export interface Spent {
  /** The event loop's time, less what it waited: the JavaScript thread's, where nothing preempts. */
  readonly loop: number;

  /** Processor time of all threads. */
  readonly processor: number;
}

/** What came of a load. */
export interface Measured {
  readonly milliseconds: number;

  /** `null` where the client, or the server, is not Node. */
  readonly client: Spent | null;
  readonly server: Spent | null;
}

/** The part of a load that a client knows. */
export type ClientMeasured = Pick<Measured, 'milliseconds' | 'client'>;
