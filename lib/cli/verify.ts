import { writeFile } from 'node:fs/promises';

import { Command, InvalidArgumentError, Option } from 'commander';

import { requireAddon } from '../native/addon.js';
import type { ClientKind, Report, RuleReport } from '../verify/report/report.js';
import { rules } from '../verify/rules/all-rules.js';
import { Verification } from '../verify/verification.js';
import { messageOf } from '../errors/message.js';
import { orError } from './or-error.js';
import { printReport, printRules } from './verify-report.js';

interface VerifyOptions {
  readonly json?: string;
  readonly rule?: readonly string[];
  readonly list?: true;
  readonly client?: ClientKind;
}

/** `async-com verify`: checks the rules of asynchronous COM on real threads of real calls. */
export function verifyCommand(): Command {
  return new Command('verify')
    .description(
      'check the rules of asynchronous COM on this machine, in calls between real processes',
    )
    .option(
      '--json <file>',
      "also write the report as JSON to a file; '-' prints the JSON instead of the table",
    )
    .option('--rule <id>', 'check only this rule; can be repeated', addRule)
    .addOption(
      new Option(
        '--client <kind>',
        'how the client calls; automation plays no rule of call objects',
      )
        .choices(['method-call', 'automation'])
        .default('method-call'),
    )
    .option('--list', 'list the rules without checking them')
    .action(verify);
}

function addRule(id: string, previous: readonly string[] = []): readonly string[] {
  const rule = rules.find((one) => one.id === id.toUpperCase());
  if (rule === undefined)
    throw new InvalidArgumentError(`There is no rule ${id}. Use --list to see the rules.`);
  return [...previous, rule.id];
}

async function verify(this: Command, options: VerifyOptions): Promise<void> {
  if (options.list === true) {
    printRules(rules);
    return;
  }
  const report = await orError(this, observe(options.rule, options.client));
  const json = `${JSON.stringify(report, null, 2)}\n`;
  if (options.json === '-') process.stdout.write(json);
  else printReport(report);
  if (options.json !== undefined && options.json !== '-') {
    try {
      await writeFile(options.json, json);
    } catch (error) {
      this.error(`error: cannot write the file of --json: ${messageOf(error)}`);
    }
  }
  if (report.rules.some(({ verdict }) => verdict === 'broken')) process.exitCode = 1;
}

async function observe(
  chosen: readonly string[] | undefined,
  client: ClientKind | undefined,
): Promise<Report> {
  requireAddon();
  const isOfCallObjects = (id: string): boolean => id.startsWith('CALL-');
  const wrong = client === 'automation' ? chosen?.find(isOfCallObjects) : undefined;
  if (wrong !== undefined) {
    throw new Error(`${wrong} is about call objects, which automation clients do not have`);
  }
  await using verification = await Verification.start(process.env, undefined, undefined, client);
  // A double of COM has nothing to say about what Windows alone does.
  const observable = rules.filter(
    ({ id }) =>
      (verification.host.double === null || !id.startsWith('SEC-')) &&
      !(client === 'automation' && isOfCallObjects(id)),
  );
  const ids = chosen ?? observable.map(({ id }) => id);
  const reports: RuleReport[] = [];
  for (const id of ids) reports.push(await verification.run(id));
  return { host: verification.host, rules: reports };
}
