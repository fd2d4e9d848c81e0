// npm run bench: the same echo through every pairing of native and TypeScript client and server.
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, release, version } from 'node:os';

import { Command, InvalidArgumentError } from 'commander';

import { native } from '#lib/native.js';

import { measure, type Options } from './measure.js';
import { Pairings } from './pairing.js';
import { describeBytes, mostBytesInFlight, trials } from './plan.js';
import { printResults } from './report.js';

interface CommandOptions extends Options {
  readonly json?: string;
}

await new Command('bench')
  .description('measure one echo call through every pairing of native and TypeScript')
  .option('--rounds <count>', 'how often each trial is run', positive, 12)
  .option('--sample <milliseconds>', 'how long a sample of native to native takes', positive, 200)
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

async function bench({ json, ...options }: CommandOptions): Promise<void> {
  const host = {
    windows: `${version()} ${release()}`,
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
  const results = await measure(trials, pairings.all, options, (round) => {
    console.error(`round ${String(round)} of ${String(options.rounds)}`);
  });
  printResults(results);
  console.log(
    '\nMedians over the rounds. Ratio: to native → native in the same round. JS: what the call takes\n' +
      'of the event loop’s time there.',
  );
  if (json !== undefined) {
    const at = new Date().toISOString();
    await writeFile(json, `${JSON.stringify({ at, host, options, results }, null, 2)}\n`);
  }
}
