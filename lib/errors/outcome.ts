import type { Outcome } from '../native/outcome.js';
import { ComError, isFailure } from './com-error.js';

/** The value of a step that succeeded. @throws ComError - it failed. */
export function valueOf<T>(outcome: Outcome<T>): T {
  if (isFailure(outcome.hresult)) throw errorOf(outcome);
  return outcome.value as T;
}

/** The error that a failed outcome is. */
export function errorOf(outcome: Outcome): ComError {
  const { operation, code, failure, hresult } = outcome;
  const what =
    failure === 'threadGone'
      ? 'the thread is no longer the call’s'
      : `${operation ?? 'the call'} failed with ${code}`;
  return new ComError(`${what} (0x${hresult.toString(16).toUpperCase().padStart(8, '0')})`, {
    hresult,
  });
}
