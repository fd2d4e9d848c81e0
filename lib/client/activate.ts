import { ComError, isFailure } from '../errors/com-error.js';
import { requireObject } from '../errors/arguments.js';
import { errorOf, valueOf } from '../errors/outcome.js';
import type { Outcome } from '../native/outcome.js';
import type { NativeBlanketOptions } from '../native/security.js';
import { type BlanketOptions, nativeBlanketOptions } from '../security/blanket-options.js';
import { requireClassName } from '../value/identifiers.js';

/** The options of {@link connect} and {@link createObject}: on which computer the server is, and the security of calls. */
export interface ConnectOptions {
  /**
   * The name or the address of the computer on which the server is. Default: this computer.
   * `'localhost'` and this computer's own names are this computer as well.
   */
  readonly host?: string;

  /** How the connection's calls are made. Default: as the security of the process says. */
  readonly blanket?: BlanketOptions;
}

type Activate<T> = (
  name: string,
  host?: string,
  blanket?: NativeBlanketOptions,
) => Promise<Outcome<T>>;

/**
 * Activates a class.
 *
 * @throws TypeError - When an argument is wrong. The message names it.
 * @throws ComError - When COM cannot activate the class.
 */
export async function activate<T>(
  how: Activate<T>,
  name: string,
  options: ConnectOptions,
): Promise<T> {
  requireClassName(name, 'name');
  requireObject(options);
  const { host, blanket } = options;
  if (host !== undefined) requireHost(host);
  const blanketToSet =
    blanket === undefined ? undefined : nativeBlanketOptions(blanket, 'options.blanket');
  const outcome = await how(name, host, blanketToSet);
  if (!isFailure(outcome.hresult)) return valueOf(outcome);
  const { message, hresult } = errorOf(outcome);
  const where = host === undefined ? '' : ` on the host '${host}'`;
  throw new ComError(`cannot connect to ${name}${where}: ${message}`, { hresult });
}

function requireHost(host: unknown): void {
  if (typeof host !== 'string' || !/^[^\s\0]+$/.test(host)) {
    throw new TypeError(
      "options.host must be a computer's name or address, such as 'server1.example.com'",
    );
  }
}
