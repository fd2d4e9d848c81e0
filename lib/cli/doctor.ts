import { Command } from 'commander';

import type { Check, CheckState, DoctorReport } from '../doctor/check.js';
import { isWrong } from '../doctor/check.js';
import { checkClasses } from '../doctor/classes.js';
import { checkHost } from '../doctor/host.js';
import { colours } from './colours.js';
import { orError } from './or-error.js';

const marks: Record<CheckState, string> = {
  ok: colours.green('✓'),
  limited: colours.yellow('!'),
  wrong: colours.red('✗'),
};

/** `async-com doctor`: says what works on this machine, what does not, and why. */
export function doctorCommand(): Command {
  return new Command('doctor')
    .description(
      'check this machine and, if a name is given, whether that server is registered and answers',
    )
    .argument('[name]', 'a CLSID, a ProgID, or the path of a module; COM starts its servers')
    .option('--json', 'print the report as JSON')
    .action(run);
}

async function run(
  this: Command,
  name: string | undefined,
  options: { readonly json?: true },
): Promise<void> {
  const report: DoctorReport = {
    host: await orError(this, checkHost()),
    classes: name === undefined ? [] : await orError(this, checkClasses(name)),
  };
  if (options.json === true) console.log(JSON.stringify(report, null, 2));
  else print(report);
  if (isWrong(report)) process.exitCode = 1;
}

function print({ host, classes }: DoctorReport): void {
  printChecks('this host', host);
  for (const { clsid, checks } of classes) printChecks(`\n${clsid}`, checks);
}

function printChecks(title: string, checks: readonly Check[]): void {
  console.log(title);
  const width = Math.max(...checks.map(({ what }) => what.length));
  for (const { state, what, seen, advice } of checks) {
    const indent = `\n${' '.repeat(width + 5)}`;
    console.log(`  ${marks[state]} ${what.padEnd(width)} ${seen.replaceAll('\n', indent)}`);
    if (advice !== null) console.log(colours.dim(`${indent.slice(1)}${advice}`));
  }
}
