import type { Measured, Spent } from './load.js';
import { baseline, type Pairing } from './pairing.js';
import type { Trial } from './plan.js';
import { type Quartiles, quartilesOf } from './statistics.js';

/** The result of one trial with one pairing. */
export interface Result {
  readonly bytes: number;
  readonly inFlight: number;
  readonly pairing: string;
  readonly callsPerSample: number;

  /** Calls per second. */
  readonly rate: Quartiles;

  /** The ratio of this pairing's rate to the rate of native to native in the same round. */
  readonly ratio: Quartiles;

  /** Medians, in microseconds per call. `null` if that side is not a Node process. */
  readonly client: SpentACall | null;
  readonly server: SpentACall | null;

  /** The rates of all rounds, in order. */
  readonly rates: readonly number[];
}

export interface SpentACall {
  readonly loop: number;
  readonly processor: number;
}

interface Samples {
  readonly trial: Trial;
  readonly pairing: Pairing;
  readonly measured: Measured[];
}

export interface Options {
  readonly rounds: number;
  /** How long one sample of native to native should take, in milliseconds. */
  readonly sample: number;
}

/**
 * Runs all trials with all pairings, round by round. A slow change of the machine's speed then affects
 * all of them in the same way. In each round the pairings of a trial run directly one after the other,
 * and the first one changes from round to round.
 */
export async function measure(
  trials: readonly Trial[],
  pairings: readonly Pairing[],
  { rounds, sample }: Options,
  onRound: (round: number) => void,
): Promise<Result[]> {
  const calls = new Map<Trial, number>();
  for (const trial of trials) calls.set(trial, await callsFor(trial, pairings, sample));

  const samples = trials.flatMap((trial) =>
    pairings.map((pairing): Samples => ({ trial, pairing, measured: [] })),
  );
  for (let round = 0; round < rounds; ++round) {
    onRound(round + 1);
    for (const trial of trials.filter(({ every }) => round % every === 0)) {
      const turn = samples.filter((one) => one.trial === trial);
      for (const { pairing, measured } of rotated(turn, round)) {
        measured.push(await pairing.run({ ...trial, calls: calls.get(trial) ?? 1 }));
      }
    }
  }
  return samples.map((one) => resultOf(one, samples, calls.get(one.trial) ?? 1));
}

/**
 * Returns how many calls a sample needs. All pairings of a trial make the same number, which is
 * measured with native to native. This also warms up all pairings.
 */
async function callsFor(
  trial: Trial,
  pairings: readonly Pairing[],
  sample: number,
): Promise<number> {
  const calls = trial.leastCalls;
  let milliseconds = Infinity;
  for (const pairing of pairings) {
    const measured = await pairing.run({ ...trial, calls });
    if (pairing.name === baseline) milliseconds = measured.milliseconds;
  }
  return Math.max(calls, Math.round((calls * sample) / milliseconds));
}

function rotated<T>(items: readonly T[], by: number): T[] {
  const start = by % items.length;
  return [...items.slice(start), ...items.slice(0, start)];
}

function resultOf(samples: Samples, all: readonly Samples[], calls: number): Result {
  const { trial, pairing, measured } = samples;
  const rates = ratesOf(measured, calls);
  const native = all.find((one) => one.trial === trial && one.pairing.name === baseline);
  const nativeRates = ratesOf(native?.measured ?? [], calls);
  return {
    bytes: trial.bytes,
    inFlight: trial.inFlight,
    pairing: pairing.name,
    callsPerSample: calls,
    rate: quartilesOf(rates),
    ratio: quartilesOf(rates.map((rate, round) => rate / (nativeRates[round] ?? NaN))),
    client: spentACall(
      measured.map(({ client }) => client),
      calls,
    ),
    server: spentACall(
      measured.map(({ server }) => server),
      calls,
    ),
    rates,
  };
}

function ratesOf(measured: readonly Measured[], calls: number): number[] {
  return measured.map(({ milliseconds }) => (1000 * calls) / milliseconds);
}

function spentACall(spent: readonly (Spent | null)[], calls: number): SpentACall | null {
  const seen = spent.filter((one) => one !== null);
  if (seen.length === 0) return null;
  const median = (of: (one: Spent) => number): number =>
    (1000 * quartilesOf(seen.map(of)).median) / calls;
  return { loop: median(({ loop }) => loop), processor: median(({ processor }) => processor) };
}
