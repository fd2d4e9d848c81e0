import type { Measured, Spent } from './load.js';
import { baseline, type Pairing } from './pairing.js';
import type { Trial } from './plan.js';
import { type Quartiles, quartilesOf } from './statistics.js';

/** What came of one trial with one pairing. */
export interface Result {
  readonly bytes: number;
  readonly inFlight: number;
  readonly pairing: string;
  readonly callsPerSample: number;

  /** Calls a second. */
  readonly rate: Quartiles;

  /** This pairing's rate to that of native to native in the same round. */
  readonly ratio: Quartiles;

  /** Medians, in microseconds a call; `null` where that side is not Node. */
  readonly client: SpentACall | null;
  readonly server: SpentACall | null;

  /** The rate of each round, in their order. */
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
  /** How long one sample of native to native takes about, in milliseconds. */
  readonly sample: number;
}

/**
 * Runs all trials with all pairings, round by round, so that what drifts on the machine hits all
 * alike; within a round the pairings of a trial come one right after the other, each round in
 * another order.
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

/** The same for all pairings of a trial, found with native to native. Warms them all up. */
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
