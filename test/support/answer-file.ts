import type { AnswerFile, ExperimentReport } from '#lib/verify/answers/answer-file.js';
import { answerFormat, answerVersion } from '#lib/verify/answers/answer-file.js';
import { answersIn } from '#lib/verify/answers/answering.js';
import type { Report, RuleReport } from '#lib/verify/report/report.js';
import { type Question, questions } from '#lib/verify/rules/questions.js';
import type { Look, PlainThreadToken } from '#lib/verify/scene/observation.js';

/** Makes an answer file of what was seen. */
export function answerFile(
  verify: Report | null,
  experiments: readonly ExperimentReport[] = [],
): AnswerFile {
  return {
    format: answerFormat,
    version: answerVersion,
    versions: {
      ...{ addon: '0.1.0', commit: null, windows: verify?.host.windows ?? null },
      ...{ wine: verify?.host.wine ?? null, node: '22.0.0', arch: 'x64' },
      ...{ compiler: 'MSVC 19.44', image: 'win22 20260101.1' },
    },
    problems: [],
    verify,
    experiments,
    suite: {
      ...{ passed: 900, failed: 0, skipped: 1, failures: [], ended: '2026-01-01T00:00:00.000Z' },
      skips: ['a witness sees more (needs a second account)'],
    },
    questions: answersIn({ verify, experiments }),
  };
}

/**
 * Makes a file as a run on Windows might write it. Every question is answered as in `answers`, or
 * else so that nothing is left to do.
 */
export function windowsFile(answers: Readonly<Record<string, string>> = {}): AnswerFile {
  const rules = new Map<string, RuleReport>();
  const experiments: ExperimentReport[] = [];
  for (const question of questions) {
    const { source } = question;
    const answer = answers[question.id] ?? settlingAnswer(question);
    if ('looks' in source) rules.set('IMP-1', { ...rule('IMP-1'), observations: [look(answer)] });
    else if ('experiment' in source) {
      const values = { path: 'system', [source.value]: answer };
      experiments.push({ name: source.experiment, exitCode: '0', values });
    } else {
      const known = rules.get(source.rule) ?? rule(source.rule);
      rules.set(
        source.rule,
        'recorded' in source
          ? { ...known, recorded: [...known.recorded, { name: source.recorded, value: answer }] }
          : { ...known, verdict: answer as RuleReport['verdict'] },
      );
    }
  }
  return answerFile({ host, rules: [...rules.values()] }, experiments);
}

/** An answer after which nothing is left to do. */
export function settlingAnswer({ meanings }: Question): string {
  const meaning = meanings.find(({ next }) => next === null);
  return meaning === undefined || meaning.when === 'other' ? 'S_OK' : (meaning.when[0] ?? '');
}

const host: Report['host'] = {
  ...{ windows: 'Microsoft Windows Server 2022', wine: null, node: '22.0.0', arch: 'x64' },
  ...{ callFactoryOnProxies: true, double: null, ticksPerSecond: 1e7 },
  ...{ client: 'method-call', serverProcessId: 1, clientProcessId: 2 },
};

function rule(id: string): RuleReport {
  return {
    ...{ id, promise: '', basis: 'documented', verdict: 'holds', reason: null, path: 'system' },
    ...{ source: { title: '', url: '' }, observations: [], recorded: [] },
  };
}

/** A look at duplicates whose `ModifiedId` is `'in common'`, or at no duplicates. */
function look(answer: string): Look {
  const [thread, otherThread, otherProcess] = [1, 2, 3].map((number) => token(answer, number)) as [
    PlainThreadToken,
    PlainThreadToken,
    PlainThreadToken,
  ];
  return {
    ...{ kind: 'look', label: '', threadId: 1, expected: 'present', thread, otherThread },
    ...{ otherProcess, furtherWitness: null, ok: true, given: null },
  };
}

function token(answer: string, number: number): PlainThreadToken {
  return {
    ...{ state: 'present', error: null, type: 'impersonation', level: 'impersonation' },
    tokenId: answer === 'no duplicates' ? '0x1' : `0x${String(number)}`,
    modifiedId: answer === 'different' ? `0x${String(number)}` : '0x1',
    ...{ authenticationId: '0x3e7', user: 'S-1-5-18', time: number },
  };
}
