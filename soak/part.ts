// What a part of the soak is: many units of one sort, in batches.

/** Numbers by what they count. */
export type Counts = Readonly<Record<string, number>>;

/** By how much more a process held after some work than before it. */
export interface Growth {
  /** How much work it was. Each part has a measure of its own. */
  readonly units: number;
  readonly handles: number;
  readonly threads: number;
  readonly bytes: number;
}

/** What a batch, or several together, have shown. Everything in it can be added up. */
export interface Result {
  readonly units: number;
  readonly counts: Counts;
  /** By process. */
  readonly growth: Readonly<Record<string, Growth>>;
}

/** The processes of a part, running. */
export interface RunningPart extends AsyncDisposable {
  /**
   * Does one batch.
   *
   * @param seed - What is done follows from it, as far as the timing of processes allows.
   * @param units - How many units to do.
   * @throws Error - A promise did not hold. The message says which, and what was seen.
   */
  runBatch(seed: number, units: number): Promise<Result>;
}

export interface Part {
  /** A word, such as 'calls'. */
  readonly name: string;
  readonly units: string;
  /** What the growth of processes is measured against. */
  readonly growthUnits: string;
  /** How many units the whole part has. */
  readonly total: number;
  /** How many units one batch has. */
  readonly batch: number;
  /**
   * How many batches one run of `main.ts` does. After that the soak goes on in a new process: each
   * process that a run starts gets an id that none before it had, and these run out under Wine.
   */
  readonly batchesOfRun?: number;
  /** Starts the processes. */
  start(): Promise<RunningPart>;
  /** Returns what is wrong with the results of all batches together. */
  judge(all: Result): readonly string[];
}

export const nothing: Result = { units: 0, counts: {}, growth: {} };

export function addResults(one: Result, other: Result): Result {
  const growth = { ...one.growth };
  for (const [process, more] of Object.entries(other.growth)) {
    const before = growth[process];
    growth[process] =
      before === undefined
        ? more
        : {
            units: before.units + more.units,
            handles: before.handles + more.handles,
            threads: before.threads + more.threads,
            bytes: before.bytes + more.bytes,
          };
  }
  return {
    units: one.units + other.units,
    counts: addCounts(one.counts, other.counts),
    growth,
  };
}

export function addCounts(one: Counts, other: Counts): Counts {
  const sum: Record<string, number> = { ...one };
  for (const [what, count] of Object.entries(other)) sum[what] = (sum[what] ?? 0) + count;
  return sum;
}
