import type { Observation } from './observation.js';
import { witnessesAgree, tokensSeen } from './token-assertion.js';
import type { RuleReport } from '../report/report.js';
import type { Verdict } from '../rules/rule.js';
import { NotObservable } from './scene.js';

/** A scene did not end in time. */
export class Late extends Error {}

/** Returns the verdict on a scene, and the reason if it is not `holds`. */
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
    return ['broken', `the check stopped with an error: ${failure.message}`];
  }
  const wrong = observations.find((one) => !one.ok && one !== notObservable?.because);
  if (wrong !== undefined) return ['broken', describe(wrong)];
  if (systemPathDue && path === 'bridge') {
    return ['broken', 'a call took the bridge, but the system path was expected'];
  }
  if (notObservable !== null) return ['not observable here', notObservable.message];
  if (observations.length === 0) return ['broken', 'nothing was observed'];
  return ['holds', null];
}

/** Describes what was expected and what was seen instead, in one line. */
export function describe(wrong: Observation): string {
  if (wrong.kind === 'step') {
    const { label, expected, operation, code, value } = wrong;
    // Without an operation nothing was called, and the code says nothing.
    const seen = value === null ? code : operation === null ? value : `${value} (${code})`;
    return `${label}: expected ${expected}, got ${seen}`;
  }
  const seen = tokensSeen(wrong).map(({ state }) => state);
  const what = witnessesAgree(wrong) ? '' : ' (the witnesses disagree)';
  return `${wrong.label}: expected ${wrong.expected}, seen ${seen.join(', ')}${what}`;
}
