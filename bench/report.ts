import Table from 'cli-table3';

import type { Result, SpentACall } from './measure.js';
import { baseline, byDispatch, byMethodCall } from './pairing.js';
import { describeBytes } from './plan.js';
import { type Quartiles, quartilesOf } from './statistics.js';

/** Prints the results as a table. */
export function printResults(results: readonly Result[]): void {
  const table = new Table({
    head: [
      'payload',
      'in flight',
      'client → server',
      'calls/s',
      'quartiles',
      'ratio',
      'quartiles',
      'client’s JS',
      'server’s JS',
    ],
    colAligns: ['right', 'right', 'left', 'right', 'right', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [], compact: true },
  });
  for (const result of results) {
    const { bytes, inFlight, pairing, rate, ratio, client, server } = result;
    const first = pairing === baseline;
    table.push([
      first ? describeBytes(bytes) : '',
      first ? String(inFlight) : '',
      pairing,
      short(rate.median),
      spread(rate, short),
      first ? '' : ratio.median.toFixed(2),
      first ? '' : spread(ratio, (number) => number.toFixed(2)),
      time(client),
      time(server),
    ]);
  }
  console.log(table.toString());
}

/** Prints how much longer a call by `IDispatch` takes than one by `IMethodCall`, in the same rounds. */
export function printDispatch(results: readonly Result[]): void {
  for (const result of results.filter(({ pairing }) => pairing === byDispatch)) {
    const { bytes, inFlight, rates } = result;
    const same = results.find(
      (one) => one.pairing === byMethodCall && one.bytes === bytes && one.inFlight === inFlight,
    );
    const times = quartilesOf(rates.map((rate, round) => (same?.rates[round] ?? NaN) / rate));
    console.log(
      `${describeBytes(bytes)}, ${String(inFlight)} in flight: a call by IDispatch takes ` +
        `${times.median.toFixed(2)} times as long as by IMethodCall ` +
        `(${spread(times, (number) => number.toFixed(2))})`,
    );
  }
}

function spread({ lower, upper }: Quartiles, write: (number: number) => string): string {
  return `${write(lower)}–${write(upper)}`;
}

function time(spent: SpentACall | null): string {
  return spent === null ? '' : `${short(spent.loop)} µs`;
}

/** Formats a number with three significant digits. */
function short(number: number): string {
  const digits = number < 1 ? 2 : Math.max(0, 2 - Math.floor(Math.log10(number)));
  return number.toFixed(digits);
}
