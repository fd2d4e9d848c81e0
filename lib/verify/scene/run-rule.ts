import type { Observation } from './observation.js';
import type { RuleReport } from '../report/report.js';
import type { Rule } from '../rules/rule.js';
import { NotObservable, Scene } from './scene.js';
import type { Stage } from './stage.js';
import { describe, judge, Late } from './verdict.js';

/** How long a scene may go on, and then how long it may take to end. In milliseconds. */
export const sceneDeadline = 30_000;

/** What came of a rule. */
export interface RuleRun {
  readonly report: RuleReport;

  /** Whether every scene came to its end. Where not, the processes still hold what it left. */
  readonly ended: boolean;
}

interface Played extends RuleRun {
  /** The rule whose promise was not kept, so that this one cannot be seen; and what was seen of it. */
  readonly needed: { readonly rule: string; readonly seen: Observation } | null;
}

/**
 * Plays a rule's scene and gives the verdict: `holds` only where everything that was seen is as
 * promised, and something was seen. That a rule needs another, which is not kept here, is believed
 * only where that other, played by itself, does not hold.
 *
 * @param systemPathDue - A call over the bridge is a fault here.
 * @throws Error - there is no such rule.
 */
export async function runRule(
  id: string,
  rules: readonly Rule[],
  stage: Stage,
  systemPathDue: boolean,
  deadline = sceneDeadline,
): Promise<RuleRun> {
  const playRule = (one: string): Promise<Played> => {
    const rule = rules.find((rule) => rule.id === one);
    if (rule === undefined) throw new Error(`there is no rule ${one}`);
    return play(rule, stage, systemPathDue, deadline);
  };
  // The rule, the one it needs, the one which that needs; each once.
  let last = await playRule(id);
  const chain: [Played, ...Played[]] = [last];
  while (last.needed !== null && !chain.some(({ report }) => report.id === last.needed?.rule)) {
    last = await playRule(last.needed.rule);
    chain.push(last);
  }
  const reason = reasonAgainst(chain);
  const { report } = chain[0];
  return {
    report: reason === null ? report : { ...report, verdict: 'broken', reason },
    ended: chain.every(({ ended }) => ended),
  };
}

/** Why a rule is broken that calls itself not observable for another; `null` where that is so. */
function reasonAgainst([first, second, ...others]: [Played, ...Played[]]): string | null {
  if (first.needed === null) return null;
  const { id } = first.report;
  const seen = describe(first.needed.seen);
  if (second === undefined) return seen; // it needs itself
  if (second.report.verdict === 'holds') return `${seen} (${second.report.id} holds by itself)`;
  // Or each would excuse the other.
  const last = others.at(-1) ?? second;
  return last.needed?.rule === id ? `${seen} (${last.report.id} needs ${id})` : null;
}

async function play(
  rule: Rule,
  stage: Stage,
  systemPathDue: boolean,
  deadline: number,
): Promise<Played> {
  const scene = new Scene(stage);
  let failure = await failureOf(rule.observe(scene), deadline);
  const late = failure instanceof Late;
  // One that goes on cannot be cleaned up after.
  const left = late ? failure : await failureOf(scene.end(), deadline);
  if (failure === null || failure instanceof NotObservable) failure = left ?? failure;
  const { path } = scene;
  const observations = [...scene.observations];
  const [verdict, reason] = judge(observations, path, systemPathDue, failure);
  const { id, promise, basis, source } = rule;
  return {
    report: { id, promise, basis, verdict, reason, path, source, observations },
    ended: left === null,
    needed: verdict === 'not observable here' ? neededBy(failure) : null,
  };
}

function neededBy(failure: Error | null): Played['needed'] {
  if (!(failure instanceof NotObservable) || failure.because === null) return null;
  const { because } = failure;
  return because.given === null ? null : { rule: because.given, seen: because };
}

/** What a part of a scene fails with; `null` where it does not. */
async function failureOf(part: Promise<void>, deadline: number): Promise<Error | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Error>((resolve) => {
    timer = setTimeout(() => {
      resolve(new Late(`the scene did not end in ${deadline / 1000} s`));
    }, deadline);
  });
  try {
    return await Promise.race([part.then(() => null), late]);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  } finally {
    clearTimeout(timer);
  }
}
