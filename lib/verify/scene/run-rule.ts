import type { Observation } from './observation.js';
import type { RuleReport } from '../report/report.js';
import type { Rule } from '../rules/rule.js';
import { NotObservable, Scene } from './scene.js';
import type { SceneProcesses } from './scene-processes.js';
import { describe, judge, Late } from './verdict.js';

/** How long a scene may take, and then how long its clean-up may take, in milliseconds. */
export const sceneDeadline = 30_000;

/** The result of a rule. */
export interface RuleRun {
  readonly report: RuleReport;

  /**
   * Whether every scene and its clean-up ended. If not, the processes may hold calls or threads of
   * it.
   */
  readonly ended: boolean;
}

interface Played extends RuleRun {
  /**
   * The rule whose promise did not hold, so that this rule is not observable, and the observation
   * that shows it.
   */
  readonly needed: { readonly rule: string; readonly seen: Observation } | null;
}

/**
 * Plays a rule's scene and returns the verdict. It is `holds` only if there was an observation, and
 * every observation is as promised. A rule may be not observable because it needs another rule that
 * does not hold. This verdict stands only if the other rule, when checked alone, does not hold
 * either.
 *
 * @param systemPathDue - Whether a call over the bridge is a fault on this host.
 * @throws Error - There is no such rule.
 */
export async function runRule(
  id: string,
  rules: readonly Rule[],
  processes: SceneProcesses,
  systemPathDue: boolean,
  deadline = sceneDeadline,
): Promise<RuleRun> {
  const playRule = (one: string): Promise<Played> => {
    const rule = rules.find((rule) => rule.id === one);
    if (rule === undefined) throw new Error(`there is no rule ${one}`);
    return play(rule, processes, systemPathDue, deadline);
  };
  // The rule, then the rule that it needs, then the rule which that one needs. Each is played once.
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

/**
 * Returns why a rule is broken that depends on another rule. Returns `null` if the verdict of its
 * own scene stands.
 */
function reasonAgainst([first, second, ...others]: [Played, ...Played[]]): string | null {
  if (first.needed === null) return null;
  const { id } = first.report;
  const seen = describe(first.needed.seen);
  if (second === undefined) return seen; // The rule needs itself.
  if (second.report.verdict === 'holds') {
    return `${seen} (${second.report.id} holds when checked alone)`;
  }
  // In a circle, each rule would excuse the other.
  const last = others.at(-1) ?? second;
  return last.needed?.rule === id ? `${seen} (${last.report.id} needs ${id})` : null;
}

async function play(
  rule: Rule,
  processes: SceneProcesses,
  systemPathDue: boolean,
  deadline: number,
): Promise<Played> {
  const scene = new Scene(processes);
  let failure = await failureOf(rule.observe(scene), deadline);
  const late = failure instanceof Late;
  // A scene that still runs cannot be cleaned up.
  const left = late ? failure : await failureOf(scene.end(), deadline);
  if (failure === null || failure instanceof NotObservable) failure = left ?? failure;
  const { path } = scene;
  const observations = [...scene.observations];
  const recorded = [...scene.recorded];
  const [verdict, reason] = judge(observations, path, systemPathDue, failure);
  const { id, promise, basis, source } = rule;
  return {
    report: { id, promise, basis, verdict, reason, path, source, observations, recorded },
    ended: left === null,
    needed: verdict === 'not observable here' ? neededBy(failure) : null,
  };
}

function neededBy(failure: Error | null): Played['needed'] {
  if (!(failure instanceof NotObservable) || failure.because === null) return null;
  const { because } = failure;
  return because.given === null ? null : { rule: because.given, seen: because };
}

/** Returns the error of a part of a scene, or `null` if it succeeds. */
async function failureOf(part: Promise<void>, deadline: number): Promise<Error | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Error>((resolve) => {
    timer = setTimeout(() => {
      resolve(new Late(`the check did not end in ${deadline / 1000} s`));
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
