// Says what an answer file answers, what each answer means for the code, and what to do next.
import { type Meaning, type Question, questions } from '../rules/questions.js';
import type { Answer, AnswerFile } from './answer-file.js';

/** What a reader of the file learns. */
export interface Reading {
  readonly lines: readonly string[];

  /** Whether every question is answered by Windows, and nothing is left to be done. */
  readonly settled: boolean;
}

/** Reads a file that `parseAnswers` accepted. */
export function readAnswers(file: AnswerFile): Reading {
  const asked = questions.map((question) => readAnswer(question, file));
  const parts = [readHost(file), readRules(file), readSuite(file), ...asked];
  const left = parts.flatMap(({ next }) => next).length;
  const answered = asked.filter(({ answered }) => answered).length;
  return {
    lines: [
      ...parts.flatMap(({ lines, next }) => [...lines, ...next.map((one) => `  do: ${one}`), '']),
      `${String(answered)} of ${String(questions.length)} questions answered by Windows, ` +
        `${String(left)} ${left === 1 ? 'thing' : 'things'} to do`,
    ],
    settled: left === 0 && answered === questions.length,
  };
}

interface Part {
  readonly lines: readonly string[];
  /** What to do next. */
  readonly next: readonly string[];
  readonly answered?: boolean;
}

function readHost({ versions, problems, verify }: AnswerFile): Part {
  const { addon, commit, windows, wine, node, arch, compiler, image } = versions;
  const double = verify !== null && verify.host.double !== null;
  const host =
    (double ? 'a double of COM, ' : '') +
    (wine === null ? (windows ?? 'an unknown host') : `Wine ${wine}`);
  const lines = [
    `async-com ${addon}${commit === null ? '' : ` (${commit})`} on ${host}${image === null ? '' : ` (${image})`}`,
    `Node.js ${node} ${arch}, built by ${compiler ?? 'an unknown compiler'}`,
    ...problems.map((problem) => `  failed: ${problem}`),
  ];
  const next = problems.map(
    (problem) => `Repair what failed, and run it again: ${firstLine(problem)}`,
  );
  if (double) next.push('Run `npm run answers` without `--double`: a double is not Windows.');
  if (wine !== null) next.push('Run `npm run answers` on Windows: Wine answers nothing about it.');
  return { lines, next };
}

function readRules({ verify }: AnswerFile): Part {
  if (verify === null) {
    return { lines: ['rules: none was checked'], next: ['Make `npm start` run there.'] };
  }
  const { rules } = verify;
  const count = (verdict: string): number => rules.filter((one) => one.verdict === verdict).length;
  const broken = rules.filter(({ verdict }) => verdict === 'broken');
  const paths = [...new Set(rules.map(({ path }) => path).filter((path) => path !== null))];
  return {
    lines: [
      `rules: ${String(count('holds'))} hold, ${String(count('broken'))} broken, ` +
        `${String(count('not observable here'))} not observable here; ` +
        `path: ${paths.join(', ') || 'none'}`,
      ...broken.map(({ id, reason }) => `  broken: ${id}: ${String(reason)}`),
    ],
    next: broken.map(
      ({ id }) => `Find out whether the rule ${id}, its check or the code is wrong.`,
    ),
  };
}

function readSuite({ suite }: AnswerFile): Part {
  if (suite === null) return { lines: ['tests: none ran'], next: ['Make `npm test` run there.'] };
  const { passed, failed, skipped, failures, skips, ended } = suite;
  return {
    lines: [
      `tests: ${String(passed)} passed, ${String(failed)} failed, ${String(skipped)} skipped, ended ${ended}`,
      ...failures.map((name) => `  failed: ${name}`),
      ...skips.map((name) => `  skipped: ${name}`),
    ],
    next: failed === 0 ? [] : ['Repair the tests that failed.'],
  };
}

function readAnswer(question: Question, file: AnswerFile): Part {
  const found = file.questions.find(({ id }) => id === question.id);
  const head = `${question.id}: ${question.question}`;
  if (found?.answer == null) {
    const why = whyUnanswered(question, found, file);
    return { lines: [head, `  not answered: ${why}`], next: [], answered: false };
  }
  const { answer, path } = found;
  if (path !== 'system') {
    const where = path === null ? 'without a call' : `on the path ${path}, which is not Windows’s`;
    return {
      lines: [head, `  not answered: ${answer} was seen ${where}`],
      next: [],
      answered: false,
    };
  }
  const { means, next } = meaningOf(question, answer);
  return {
    lines: [head, `  answer: ${answer}`, `  means: ${means}`],
    next: next === null ? [] : [next],
    answered: true,
  };
}

function whyUnanswered({ source }: Question, found: Answer | undefined, file: AnswerFile): string {
  if (found === undefined) return 'the file is older than the question';
  if ('rule' in source) {
    const rule = file.verify?.rules.find(({ id }) => id === source.rule);
    return rule === undefined
      ? `${source.rule} was not checked`
      : `${rule.id} is ${rule.verdict}${rule.reason === null ? '' : ` (${rule.reason})`}`;
  }
  if ('experiment' in source) {
    const ran = file.experiments.find(({ name }) => name === source.experiment);
    const what = ran === undefined ? 'did not run' : `ended with ${ran.exitCode}, and saw nothing`;
    return `the experiment ${source.experiment} ${what}`;
  }
  return 'no look found a token';
}

/** Returns the meaning of an answer. Several values count as an answer that nobody expected. */
export function meaningOf({ meanings }: Question, answer: string): Meaning {
  const exact = meanings.find(({ when }) => when !== 'other' && when.includes(answer));
  const meaning = exact ?? meanings.find(({ when }) => when === 'other');
  return (
    meaning ?? { when: 'other', means: 'Nobody expected this.', next: 'Add it to the questions.' }
  );
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
