import { requireObject } from './arguments.js';
import { hresultName } from './hresult-names.js';

/**
 * Where the failure behind a {@link ComError} happened.
 *
 * - `call`: the call, or another step of COM or Windows. No answer of a handler arrived.
 * - `handler`: the handler on the server. It ran and failed.
 */
export type ComErrorOrigin = 'call' | 'handler';

/** The options of the {@link ComError} constructor. `cause` is that of every JavaScript `Error`. */
export interface ComErrorOptions extends ErrorOptions {
  /** The HRESULT of the failure, signed or unsigned: `0x80070002` or `-2147024894`. */
  readonly hresult: number;

  /** Where the failure happened. Default `'call'`. */
  readonly origin?: ComErrorOrigin;

  /** The name of the server whose handler failed. Default: no name. */
  readonly source?: string;

  /** The path of a help file that has a topic about the error. Automation clients get it. */
  readonly helpFile?: string;

  /** The number of the topic in the help file: a whole number from 0 to 4294967295. */
  readonly helpContext?: number;
}

/**
 * An error with a failed HRESULT: of a call, of the handler that answered the call, or of another
 * function of COM or Windows. A handler throws a `ComError` to send an HRESULT of its choice to its
 * client.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/com/structure-of-com-error-codes
 * @example
 * throw new ComError('no such file', { hresult: 0x80070002 });
 * @example
 * try {
 *   await connection.call('index', 'C:\\data');
 * } catch (error) {
 *   if (!(error instanceof ComError)) throw error;
 *   if (error.origin === 'handler') console.log(`the server says: ${error.message}`);
 *   else console.log(`no answer: ${error.code}`); // 'RPC_S_SERVER_UNAVAILABLE'
 * }
 */
export class ComError extends Error {
  /** The HRESULT as an unsigned number, as it is usually written: `0x80004005`. */
  readonly hresult: number;

  /**
   * The HRESULT's name in the Windows headers: `'E_FAIL'`. For an HRESULT of a Win32 error
   * (`0x8007…`), the name of that error: `'ERROR_NO_TOKEN'`. `'0x8…'` if it has no name there.
   */
  readonly code: string;

  /** Where the failure happened: `'handler'` if a handler on the server failed, else `'call'`. */
  readonly origin: ComErrorOrigin;

  /**
   * The name of the server whose handler failed, {@link Server.name}. `null` if there is no name.
   */
  readonly source: string | null;

  /** The path of the help file. `null` if there is none. */
  readonly helpFile: string | null;

  /** The number of the topic in the help file. `null` if there is none. */
  readonly helpContext: number | null;

  /**
   * Makes an error with an HRESULT.
   *
   * @param message - What failed, for people. A client gets it as the message of its error.
   * @param options - The HRESULT, and what else is known of the failure.
   * @throws TypeError - When `message` is not a string, `options` is missing, `options.hresult` is not
   *   the HRESULT of a failure, or another option is wrong. The message names it.
   */
  constructor(message: string, options: ComErrorOptions) {
    // Checked first: `Error` fails for a symbol, and says nothing of the argument.
    if (typeof message !== 'string') throw new TypeError('message must be a string');
    super(message, options);
    requireObject(options);
    if (!isFailure(options.hresult)) {
      throw new TypeError('options.hresult must be a failed HRESULT, such as 0x80004005');
    }
    const { origin = 'call', source = null, helpFile = null, helpContext = null } = options;
    if (!['call', 'handler'].includes(origin)) {
      throw new TypeError("options.origin must be 'call' or 'handler'");
    }
    if (source !== null && typeof source !== 'string') {
      throw new TypeError('options.source must be a string');
    }
    if (helpFile !== null && typeof helpFile !== 'string') {
      throw new TypeError('options.helpFile must be a string');
    }
    if (
      helpContext !== null &&
      !(Number.isInteger(helpContext) && helpContext >= 0 && helpContext <= 0xffffffff)
    ) {
      throw new TypeError('options.helpContext must be a whole number from 0 to 4294967295');
    }
    this.name = 'ComError';
    this.hresult = options.hresult >>> 0;
    this.code = hresultName(this.hresult);
    this.origin = origin;
    this.source = source;
    this.helpFile = helpFile;
    this.helpContext = helpContext;
  }
}

/** Returns whether a value is a failed HRESULT, signed or unsigned. */
export function isFailure(value: unknown): value is number {
  return (
    Number.isInteger(value) &&
    (value as number) >= -0x80000000 &&
    (value as number) <= 0xffffffff &&
    (value as number) >>> 0 >= 0x80000000
  );
}
