import { ComError } from '../errors/com-error.js';
import { valueOf } from '../errors/outcome.js';
import type { FinishedCall } from '../native/client.js';
import type { Outcome } from '../native/outcome.js';
import type { Value } from '../value/value.js';

/**
 * Returns what the handler returned.
 *
 * @throws ComError - When the handler failed, or there is no answer.
 */
export function resultOf(outcome: Outcome<FinishedCall>): Value {
  const result = valueOf(outcome);
  const error = result.handlerError;
  if (error !== undefined) {
    throw new ComError(error.description, {
      hresult: error.hresult,
      origin: 'handler',
      source: error.source,
      ...(error.helpFile !== '' && { helpFile: error.helpFile }),
      ...(error.helpContext !== 0 && { helpContext: error.helpContext }),
    });
  }
  return result.value;
}
