import { writeFile } from 'node:fs/promises';

import { Command, InvalidArgumentError } from 'commander';

import type { Report, RuleReport } from '../verify/report/report.js';
import { rules } from '../verify/rules/all-rules.js';
import { Verification } from '../verify/verification.js';
import { orError } from './errors.js';
import { printReport, printRules } from './verify-report.js';

interface VerifyOptions {
  readonly json?: string;
  readonly rule?: readonly string[];
  readonly list?: true;
}

/** `async-com verify`: the contract, observed on real threads of real calls. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description('check the asynchronous COM contract on this machine, in two real processes')
    .option('--json <file>', "write the report as JSON; '-' for standard output, and nothing else")
    .option('--rule <id>', 'check only this rule; may be given again', addRule)
    .option('--list', 'list the rules and check none')
    .action(verify);
}

function addRule(id: string, previous: readonly string[] = []): readonly string[] {
  const rule = rules.find((one) => one.id === id.toUpperCase());
  if (rule === undefined) throw new InvalidArgumentError(`There is no rule ${id}; see --list.`);
  return [...previous, rule.id];
}

async function verify(this: Command, options: VerifyOptions): Promise<void> {
  if (options.list === true) {
    printRules(rules);
    return;
  }
  const report = await orError(this, observe(options.rule ?? rules.map(({ id }) => id)));
  const json = `${JSON.stringify(report, null, 2)}\n`;
  if (options.json === '-') process.stdout.write(json);
  else printReport(report);
  if (options.json !== undefined && options.json !== '-') {
    try {
      await writeFile(options.json, json);
    } catch (error) {
      this.error(`error: --json: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (report.rules.some(({ verdict }) => verdict === 'broken')) process.exitCode = 1;
}

async function observe(ids: readonly string[]): Promise<Report> {
  await using verification = await Verification.start();
  const reports: RuleReport[] = [];
  for (const id of ids) reports.push(await verification.run(id));
  return { host: verification.host, rules: reports };
}
