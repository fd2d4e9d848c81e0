// Finds the answers to the open questions in what a run has seen.
import { type Report, type RuleReport, systemPathIsDue } from '../report/report.js';
import { type Question, questions } from '../rules/questions.js';
import { isModifiedByDuplicating, tokensSeen } from '../scene/token-assertion.js';
import type { Answer, ExperimentReport } from './answer-file.js';

/** What the answers are found in. */
export interface Seen {
  readonly verify: Report | null;
  readonly experiments: readonly ExperimentReport[];
}

/** Answers every question, as far as it was seen. */
export function answersIn(seen: Seen): readonly Answer[] {
  return questions.map((question) => ({
    id: question.id,
    question: question.question,
    ...answerTo(question, seen),
  }));
}

const unanswered = { answer: null, path: null };

function answerTo({ source }: Question, seen: Seen): Pick<Answer, 'answer' | 'path'> {
  const rules = seen.verify?.rules ?? [];
  if ('looks' in source) return modifiedIdIn(rules);
  if ('experiment' in source) {
    const found = seen.experiments.find(({ name }) => name === source.experiment);
    if (found === undefined) return unanswered;
    const { exitCode, values } = found;
    // Node.js ends with 1 if the experiment itself has an error. Then nothing was seen.
    if (values === null && exitCode === '1') return unanswered;
    if (values === null) return { answer: `ended with ${exitCode}`, path: pathOf(seen) };
    const { path = null, ...steps } = values;
    const answer = steps[source.value];
    if (answer !== undefined) return { answer, path };
    // A step that failed ends an experiment.
    const last = Object.entries(steps).at(-1);
    return { answer: last === undefined ? null : `${last[0]}: ${last[1]}`, path: pathOf(seen) };
  }
  const found = rules.find(({ id }) => id === source.rule);
  if (found === undefined) return unanswered;
  // The calls of some rules reach only other servers, so these rules have no path of their own.
  const path = found.path ?? pathOf(seen);
  if (!('recorded' in source)) return { answer: found.verdict, path };
  const values = found.recorded.filter(({ name }) => name === source.recorded);
  return values.length === 0
    ? unanswered
    : { answer: [...new Set(values.map(({ value }) => value))].join(', '), path };
}

/** Returns the path that calls must take on this host: `'double'` on a double of COM. */
function pathOf({ verify }: Seen): string | null {
  if (verify === null) return null;
  if (verify.host.double !== null) return 'double';
  return systemPathIsDue(verify.host) ? 'system' : 'bridge';
}

function modifiedIdIn(rules: readonly RuleReport[]): Pick<Answer, 'answer' | 'path'> {
  let answer: string | null = null;
  let path: string | null = null;
  for (const rule of rules) {
    for (const look of rule.observations) {
      if (look.kind !== 'look') continue;
      const tokens = tokensSeen(look).filter(({ tokenId }) => tokenId !== null);
      if (tokens.length < 2) continue;
      path = rule.path;
      if (new Set(tokens.map(({ tokenId }) => tokenId)).size === 1) answer ??= 'no duplicates';
      else if (isModifiedByDuplicating(look)) return { answer: 'different', path };
      else answer = 'in common';
    }
  }
  return { answer, path };
}
