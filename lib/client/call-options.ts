import { ComError } from '../errors/com-error.js';
import { hresults } from '../errors/hresults.js';
import type { CancellableCall } from '../native/client.js';
import type { BlanketOptions } from '../security/blanket-options.js';
import type { Value } from '../value/value.js';
import { resultOf } from './call-result.js';
import { requireMethod } from './client-call.js';

/** The options of one call, for {@link Connection.call} and {@link RemoteObject.call}. */
export interface CallOptions {
  /** The name of the method, exactly as the server has it. */
  readonly method: string;

  /** A signal that cancels the call when it is aborted. Default: no signal. */
  readonly signal?: AbortSignal;

  /**
   * The time after which the call is cancelled, in milliseconds: a whole number from 0 to
   * 2147483647. Default: no limit.
   */
  readonly timeout?: number;

  /**
   * How this call is made. The connection's own blanket stays as it is. Default: as the
   * connection's blanket says.
   */
  readonly blanket?: BlanketOptions;
}

/**
 * Checks the options of a call.
 *
 * @throws TypeError - When an option is wrong. The message names it.
 */
export function requireCallOptions(options: CallOptions): CallOptions {
  if (typeof options !== 'object' || (options as unknown) === null) {
    throw new TypeError(
      'method must be a string, or an object with method and, optionally, signal, timeout and blanket',
    );
  }
  requireMethod(options.method, 'options.method');
  const { signal, timeout } = options;
  if (signal !== undefined && !(signal instanceof AbortSignal)) {
    throw new TypeError('options.signal must be an AbortSignal');
  }
  if (
    timeout !== undefined &&
    !(Number.isInteger(timeout) && timeout >= 0 && timeout <= 0x7fffffff)
  ) {
    throw new TypeError(
      'options.timeout must be a whole number of milliseconds from 0 to 2147483647',
    );
  }
  return options;
}

/**
 * Starts a call, and cancels it when its signal is aborted or its time is over.
 *
 * @returns What the handler returned.
 * @throws ComError - When the call fails or was cancelled.
 */
export async function settled(
  { signal, timeout }: Pick<CallOptions, 'signal' | 'timeout'>,
  start: () => CancellableCall,
): Promise<Value> {
  const signals: AbortSignal[] = [];
  if (signal !== undefined) signals.push(signal);
  if (timeout !== undefined) signals.push(AbortSignal.timeout(timeout));
  for (const { aborted, reason } of signals) if (aborted) throw cancelledBecause(reason);

  const { outcome, cancel } = start();
  let reason: unknown;
  const onAbort = (event: Event): void => {
    if (cancel()) reason = (event.target as AbortSignal).reason;
  };
  for (const one of signals) one.addEventListener('abort', onAbort, { once: true });
  try {
    const ended = await outcome;
    if (reason !== undefined) throw cancelledBecause(reason);
    return resultOf(ended);
  } finally {
    for (const one of signals) one.removeEventListener('abort', onAbort);
  }
}

function cancelledBecause(reason: unknown): ComError {
  const why = reason instanceof Error ? `: ${reason.message}` : '';
  return new ComError(`the call was cancelled${why}`, {
    hresult: hresults.RPC_E_CALL_CANCELED,
    cause: reason,
  });
}
