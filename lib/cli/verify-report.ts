import Table from 'cli-table3';

import type { Observation } from '../verify/scene/observation.js';
import type { HostReport, Report, RuleReport } from '../verify/report/report.js';
import type { Rule, Source, Verdict } from '../verify/rules/rule.js';
import { colours } from './colours.js';

const verdictColour: Record<Verdict, (text: string) => string> = {
  holds: colours.green,
  broken: colours.red,
  'not observable here': colours.yellow,
};

// Not white space, because the table leaves out lines of white space only.
const emptyLine = '·';

const widths = { rule: 9, seen: 37, witness: 10, verdict: 12 };
const witnessHeads = ['on the thread', 'another thread', 'another process'];

/** Prints the rules and their promises, one in each line. */
export function printRules(rules: readonly Rule[]): void {
  for (const { id, promise } of rules) console.log(`${id.padEnd(9)}${promise}`);
}

/** Prints the report as a table. */
export function printReport({ host, rules }: Report): void {
  console.log(`${describeHost(host)}\n`);
  const pages = [...new Map(rules.map(({ source }) => [source.url, source])).values()];
  console.log(tableOf(rules, pages, host));
  console.log(describePages(pages));
  console.log(`\n${describeTotals(rules, host)}`);
  if (host.double !== null) console.log(`\n${whatDoubleMeans}`);
  else if (host.wine !== null) console.log(`\n${whatWineMeans}`);
}

const whatWineMeans =
  'This host is Wine. A rule that holds here is kept by async-com’s bridge and its\n' +
  'IServerSecurity, on real threads with real tokens. Run the same command on Windows to see what\n' +
  'Windows itself does.';

const whatDoubleMeans =
  'This is the double, not Windows. In place of COM a double in async-com’s test addon made the\n' +
  'call objects and ran Begin_, as the documentation says that Windows does. A rule that holds here\n' +
  'says that async-com works with such a COM. It says nothing about Windows.';

function describeHost(host: HostReport): string {
  const where = host.wine === null ? host.windows : `Wine ${host.wine} as ${host.windows}`;
  const client = host.client === 'automation' ? ', an automation client (IDispatch)' : '';
  const double = host.double === null ? '' : `a double of COM at the ${host.double}, not Windows; `;
  return (
    `${double}${where}, Node ${host.node} ${host.arch}${client}\n` +
    `server process ${host.serverProcessId}, client process ${host.clientProcessId}`
  );
}

function tableOf(rules: readonly RuleReport[], pages: readonly Source[], host: HostReport): string {
  const others = widths.rule + widths.seen + 3 * widths.witness + widths.verdict + 8;
  const promise = Math.min(Math.max((process.stdout.columns || 132) - others, 32), 60);
  const table = new Table({
    head: ['rule', 'promise', 'what was seen', ...witnessHeads, 'verdict'],
    colWidths: [
      widths.rule,
      promise,
      widths.seen,
      ...witnessHeads.map(() => widths.witness),
      widths.verdict,
    ],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const report of rules) table.push(rowOf(report, pageOf(report, pages), host));
  return table.toString();
}

function pageOf({ source }: RuleReport, pages: readonly Source[]): number {
  return pages.findIndex(({ url }) => url === source.url) + 1;
}

function rowOf(report: RuleReport, page: number, host: HostReport): string[] {
  const reason = report.reason === null ? '' : `\n${colours.yellow(report.reason)}`;
  // The table shows only what this rule promises. What it needs of other rules is in the JSON
  // report.
  const own = report.observations.filter(({ given }) => given === null);
  const labels = own.map(labelLines);
  const recorded = report.recorded.flatMap(({ name, value }) =>
    linesOf(`recorded: ${name}: ${value}`).map((line) => colours.dim(line)),
  );
  // A label may take several lines. Each witness stands in its first line.
  const column = (witness: Witness): string =>
    own
      .flatMap((one, index) => [
        witnessOf(one, witness),
        ...Array.from({ length: (labels[index]?.length ?? 1) - 1 }, () => emptyLine),
      ])
      .join('\n');
  return [
    report.id,
    `${report.promise} ${colours.dim(`[${String(page)}]`)}${reason}`,
    [...labels.flat(), ...recorded].join('\n'),
    column('thread'),
    column('otherThread'),
    column('otherProcess'),
    [verdictColour[report.verdict](report.verdict), ...pathOf(report, host)].join('\n'),
  ];
}

/** Returns the path of a rule's calls. If there is a double, every rule says so. */
function pathOf({ path }: RuleReport, { double }: HostReport): string[] {
  const label = double === null ? [] : ['double'];
  return path === null || path === 'double' ? label : [...label, path];
}

/** Returns what was observed, in lines that fit their column. */
function labelLines(observation: Observation): string[] {
  const { kind, label, ok } = observation;
  const text = kind === 'look' ? label : `${label}: ${observation.value ?? observation.code}`;
  const lines = linesOf(`${ok ? '' : '✗ '}${text}`);
  return ok ? lines : lines.map((line) => colours.red(line));
}

function linesOf(text: string): string[] {
  const room = widths.seen - 2;
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= room) {
      lines[lines.length - 1] = `${line} ${word}`;
    } else {
      // Later lines are indented. A word that is too long for a line is divided.
      const indent = line === undefined ? '' : '  ';
      const parts = word.match(new RegExp(`.{1,${String(room - 2)}}`, 'g')) ?? [''];
      lines.push(...parts.map((part) => indent + part));
    }
  }
  return lines;
}

type Witness = 'thread' | 'otherThread' | 'otherProcess';

function witnessOf(observation: Observation, witness: Witness): string {
  if (observation.kind === 'step') return emptyLine;
  const { expected, [witness]: threadToken } = observation;
  const state = threadToken?.state ?? '–';
  return threadToken === null || state === expected ? state : colours.red(state);
}

function describePages(pages: readonly Source[]): string {
  return pages.map(({ title, url }, index) => `[${String(index + 1)}] ${title}: ${url}`).join('\n');
}

function describeTotals(rules: readonly RuleReport[], { double }: HostReport): string {
  const count = (verdict: Verdict): string =>
    String(rules.filter((report) => report.verdict === verdict).length);
  return (
    `${String(rules.length)} ${rules.length === 1 ? 'rule' : 'rules'}${double === null ? '' : ' on the double'}: ${count('holds')} ${count('holds') === '1' ? 'holds' : 'hold'}, ${count('broken')} broken, ` +
    `${count('not observable here')} not observable here`
  );
}
