import { agree, type Observation, threadTokensIn } from './observation.js';
import type { RuleReport } from '../report/report.js';
import type { Verdict } from '../rules/rule.js';
import { NotObservable } from './scene.js';

/** A scene went on for too long. */
export class Late extends Error {}

/** The verdict on a scene, and why it is not `holds`. */
export function judge(
  observations: readonly Observation[],
  path: RuleReport['path'],
  systemPathDue: boolean,
  failure: Error | null,
): [Verdict, string | null] {
  if (failure instanceof Late) {
    const seen = observations.map((one) => (one.ok ? one.label : describe(one)));
    return ['broken', `${failure.message}; seen so far: ${seen.join('; ') || 'nothing'}`];
  }
  const notObservable = failure instanceof NotObservable ? failure : null;
  if (failure !== null && notObservable === null) {
    return ['broken', `the scene broke off: ${failure.message}`];
  }
  const wrong = observations.find((one) => !one.ok && one !== notObservable?.because);
  if (wrong !== undefined) return ['broken', describe(wrong)];
  if (systemPathDue && path === 'bridge') {
    return ['broken', 'the call took the bridge where the system path was due'];
  }
  if (notObservable !== null) return ['not observable here', notObservable.message];
  if (observations.length === 0) return ['broken', 'nothing was seen'];
  return ['holds', null];
}

/** What was expected and what was seen instead, in one line. */
export function describe(wrong: Observation): string {
  if (wrong.kind === 'step') {
    const seen = wrong.value === null ? wrong.code : `${wrong.value} (${wrong.code})`;
    return `${wrong.label}: expected ${wrong.expected}, got ${seen}`;
  }
  const seen = threadTokensIn(wrong).map(({ state }) => state);
  const what = agree(wrong) ? '' : ' (the witnesses disagree)';
  return `${wrong.label}: expected ${wrong.expected}, seen ${seen.join(', ')}${what}`;
}
