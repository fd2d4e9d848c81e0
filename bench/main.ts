// npm run bench: measures the same echo call with every pairing of native and TypeScript client and
// server, and with a .NET server.
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';

import { Command, InvalidArgumentError } from 'commander';

import { native } from '#lib/native/addon.js';
import { windowsVersion } from '#lib/native/windows-version.js';

import { measure, type Options } from './measure.js';
import { Pairings } from './pairing.js';
import { describeBytes, mostBytesInFlight, trials } from './plan.js';
import { printDispatch, printResults } from './report.js';

interface CommandOptions extends Options {
  readonly json?: string;
  readonly bytes?: readonly number[];
  readonly inFlight?: readonly number[];
}

await new Command('bench')
  .description('measure one echo call through every pairing of native and TypeScript')
  .option('--rounds <count>', 'how often each trial is run', positive, 12)
  .option('--sample <milliseconds>', 'how long a sample of native to native takes', positive, 200)
  .option('--bytes <sizes...>', 'only these payloads, of 16, 65536 and 8388608', eachPositive)
  .option(
    '--in-flight <counts...>',
    'only so many calls in flight, of 1, 4 (8 MB), 16 and 64',
    eachPositive,
  )
  .option('--json <file>', 'write all samples as JSON as well')
  .action(bench)
  .parseAsync();

function positive(text: string): number {
  const number = Number(text);
  if (!(Number.isInteger(number) && number > 0)) {
    throw new InvalidArgumentError('It must be a whole number, 1 or more.');
  }
  return number;
}

function eachPositive(text: string, before: readonly number[] = []): readonly number[] {
  return [...before, positive(text)];
}

async function bench(
  this: Command,
  { json, bytes, inFlight, ...options }: CommandOptions,
): Promise<void> {
  const chosen = trials.filter(
    (trial) =>
      (bytes?.includes(trial.bytes) ?? true) && (inFlight?.includes(trial.inFlight) ?? true),
  );
  if (chosen.length === 0) this.error('error: no such trial: see --help');
  const host = {
    windows: windowsVersion(),
    wine: native.wineVersion(),
    node: process.versions.node,
    processor: cpus()[0]?.model ?? 'unknown',
    processors: availableParallelism(),
  };
  const where = host.wine === null ? host.windows : `Wine ${host.wine}`;
  console.log(
    `${where}, Node ${host.node}, ${String(host.processors)} × ${host.processor}\n` +
      `at most ${describeBytes(mostBytesInFlight)} in flight: 8 MB goes 4 at a time where 16 and 64 ` +
      'would be due\n',
  );
  await using pairings = await Pairings.start();
  if (pairings.withoutDotnet !== undefined) {
    console.log(`native → .NET is skipped: ${pairings.withoutDotnet}\n`);
  }
  const results = await measure(chosen, pairings.all, options, (round) => {
    console.error(`round ${String(round)} of ${String(options.rounds)}`);
  });
  printResults(results);
  console.log();
  printDispatch(results);
  console.log(
    '\nMedians over the rounds. Ratio: to native → native in the same round. JS: what the call takes\n' +
      'of the event loop’s time there.',
  );
  if (json !== undefined) {
    const at = new Date().toISOString();
    await writeFile(json, `${JSON.stringify({ at, host, options, results }, null, 2)}\n`);
  }
}
