import type { Observation } from './observation.js';
import { agree, sightingsOf } from './observation.js';
import type { RuleReport } from './report.js';
import type { Rule, Verdict } from './rule.js';
import { NotObservable, Scene, type Stage } from './scene.js';

/**
 * Plays a rule's scene and gives the verdict: `holds` only where everything that was seen is as
 * promised, and something was seen.
 *
 * @param systemPathDue - COM offers the system path here, so that a call over the bridge is a fault.
 */
export async function runRule(
  rule: Rule,
  stage: Stage,
  systemPathDue: boolean,
): Promise<RuleReport> {
  const scene = new Scene(stage);
  let failure: unknown;
  try {
    await rule.observe(scene);
  } catch (error) {
    failure = error;
  }
  try {
    await scene.end();
  } catch (error) {
    failure ??= error;
  }
  const { observations, path } = scene;
  const [verdict, reason] = judge(observations, path, systemPathDue, failure);
  const { id, promise, basis, source } = rule;
  return { id, promise, basis, verdict, reason, path, source, observations };
}

function judge(
  observations: readonly Observation[],
  path: RuleReport['path'],
  systemPathDue: boolean,
  failure: unknown,
): [Verdict, string | null] {
  if (failure instanceof NotObservable) return ['not observable here', failure.message];
  if (failure instanceof Error) return ['broken', `the scene broke off: ${failure.message}`];
  if (failure !== undefined) return ['broken', 'the scene broke off'];
  const wrong = observations.find((observation) => !observation.ok);
  if (wrong !== undefined) return ['broken', describe(wrong)];
  if (systemPathDue && path === 'bridge') {
    return ['broken', 'the call took the bridge where the system path was due'];
  }
  if (observations.length === 0) return ['broken', 'nothing was seen'];
  return ['holds', null];
}

function describe(wrong: Observation): string {
  if (wrong.kind === 'step') {
    const seen = wrong.value === null ? wrong.code : `${wrong.value} (${wrong.code})`;
    return `${wrong.label}: expected ${wrong.expected}, got ${seen}`;
  }
  const seen = sightingsOf(wrong).map(({ state }) => state);
  const what = agree(wrong) ? '' : ' (the witnesses disagree)';
  return `${wrong.label}: expected ${wrong.expected}, seen ${seen.join(', ')}${what}`;
}
