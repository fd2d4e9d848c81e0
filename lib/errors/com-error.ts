import { native } from '../native/addon.js';
import { requireObject } from './arguments.js';

/** Where a {@link ComError} comes from. */
export type ComErrorOrigin =
  /** The call, or another step of COM or Windows: no handler's answer arrived. */
  | 'call'
  /** The handler on the server, which ran and failed. */
  | 'handler';

/** What a {@link ComError} is made of. */
export interface ComErrorOptions extends ErrorOptions {
  readonly hresult: number;
  readonly origin?: ComErrorOrigin;
  /** The server's name for itself, where a handler failed. */
  readonly source?: string;
}

/**
 * A failed HRESULT, of a call or of the handler that answered it. Throw one in a handler to give its
 * client an HRESULT of your own.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/com/structure-of-com-error-codes
 * @example
 * throw new ComError('no such file', { hresult: 0x80070002 });
 */
export class ComError extends Error {
  /** Unsigned, as it is written: `0x80004005`. */
  readonly hresult: number;

  /** Its name in the Windows headers, `'E_FAIL'`; `'0x8…'` for one without. */
  readonly code: string;

  readonly origin: ComErrorOrigin;
  readonly source: string | null;

  /** @throws TypeError - there are no options, or `hresult` is not the number of a failure. */
  constructor(message: string, options: ComErrorOptions) {
    super(message, options);
    requireObject(options);
    if (!isFailure(options.hresult)) {
      throw new TypeError('options.hresult must be a failed HRESULT, such as 0x80004005');
    }
    this.name = 'ComError';
    this.hresult = options.hresult >>> 0;
    this.code = native.hresultName(this.hresult);
    this.origin = options.origin ?? 'call';
    this.source = options.source ?? null;
  }
}

/** Whether a value is a failed HRESULT, written signed or unsigned. */
export function isFailure(value: unknown): value is number {
  return (
    Number.isInteger(value) &&
    (value as number) >= -0x80000000 &&
    (value as number) <= 0xffffffff &&
    (value as number) >>> 0 >= 0x80000000
  );
}
