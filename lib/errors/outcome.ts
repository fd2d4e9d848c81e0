import type { Outcome } from '../native/outcome.js';
import { ComError, isFailure } from './com-error.js';
import { explanationOf } from './explanations.js';

/**
 * Returns the value of a step.
 *
 * @throws ComError - When the step failed.
 */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (isFailure(outcome.hresult)) throw errorOf(outcome);
  return outcome.value as T;
}

/** Makes the error for a step that failed. */
export function errorOf(outcome: Outcome): ComError {
  const { operation, code, failure, hresult } = outcome;
  const what =
    failure === 'threadGone'
      ? 'the thread no longer belongs to the call'
      : `${operation ?? 'the call'} failed with ${code}`;
  const number = `0x${hresult.toString(16).toUpperCase().padStart(8, '0')}`;
  return new ComError(`${what} (${number})${explanationOf(code)}`, { hresult });
}
