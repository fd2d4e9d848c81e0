// npm run soak: runs the product for a long time, against clients and servers that fail.
import { availableParallelism, cpus } from 'node:os';

import { Command, InvalidArgumentError } from 'commander';

import { native } from '#lib/native/addon.js';
import { windowsVersion } from '#lib/native/windows-version.js';
import { testAddon } from '#test/support/test-addon.js';

import { checkTheChecks } from './controls.js';
import type { Part } from './part.js';
import { calls } from './parts/calls.js';
import { faults } from './parts/faults.js';
import { packets } from './parts/packets.js';
import { Progress } from './progress.js';
import { tableOf } from './report.js';
import { runPart } from './run.js';

const parts: readonly Part[] = [calls, faults, packets];

/** The exit code that tells scripts/soak.mjs to start this program again. */
const goOn = 75;

interface Options {
  readonly part?: readonly string[];
  readonly scale: number;
  readonly restart: boolean;
}

await new Command('soak')
  .description('run the product for a long time, against clients and servers that fail')
  .option(
    '--part <names...>',
    `only these parts, of ${parts.map(({ name }) => name).join(', ')}`,
    eachPart,
  )
  .option('--scale <factor>', 'the share of each part to run; less than 1 is a trial', factor, 1)
  .option('--restart', 'forget what an earlier run has done', false)
  .action(soak)
  .parseAsync();

function factor(text: string): number {
  const number = Number(text);
  if (!(number > 0)) throw new InvalidArgumentError('It must be a number greater than 0.');
  return number;
}

function eachPart(name: string, before: readonly string[] = []): readonly string[] {
  if (!parts.some((part) => part.name === name)) {
    throw new InvalidArgumentError('There is no such part.');
  }
  return [...before, name];
}

async function soak({ part: names, scale, restart }: Options): Promise<void> {
  const wine = native.wineVersion();
  console.log(
    `${wine === null ? windowsVersion() : `Wine ${wine}`}, Node ${process.versions.node}, ` +
      `${String(availableParallelism())} × ${cpus()[0]?.model ?? 'unknown'}\n` +
      `Freed memory is ${testAddon.fillsFreedMemory() ? '' : 'not '}filled.\n`,
  );
  await checkTheChecks();
  const progress = await Progress.read(scale, restart);
  const chosen = parts.filter(({ name }) => names?.includes(name) ?? true);
  for (const part of chosen) {
    if (await runPart(part, scale, progress)) continue;
    process.exitCode = goOn;
    return;
  }

  console.log();
  const wrong: string[] = [];
  for (const part of chosen) {
    const done = progress.of(part.name);
    console.log(tableOf(part, done));
    if (scale >= 1) wrong.push(...part.judge(done.result).map((what) => `${part.name}: ${what}`));
  }
  for (const what of wrong) console.error(what);
  process.exitCode = wrong.length > 0 ? 1 : 0;
}
