import { requireObject, requireText } from '../errors/arguments.js';
import type { NativeBlanketOptions } from '../native/security.js';
import { nativeOf, type Token } from './call-thread.js';
import {
  type AuthnLevel,
  authnLevels,
  type ClientImpersonationLevel,
  type Cloaking,
  cloakings,
  impersonationLevels,
  numberOf,
} from './names.js';

/**
 * The settings of a client's blanket: how its calls are authenticated and what the server may do as
 * the client. A setting that is left out stays as it is. At first it is as the security of the
 * process ({@link processSecurity}) has it.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/api/objidl/nf-objidl-iclientsecurity-setblanket
 */
export interface BlanketOptions {
  /**
   * How calls are authenticated and protected. COM may use a higher level than this one, and never
   * uses a lower one.
   */
  readonly authnLevel?: AuthnLevel;

  /** What the server may do as its client. */
  readonly impersonationLevel?: ClientImpersonationLevel;

  /** Which identity calls show to the server. */
  readonly cloaking?: Cloaking;

  /**
   * The token whose identity cloaked calls show to the server: that of a client of this process,
   * from {@link CallThread.duplicateToken}. Only with `cloaking` `'static'` or `'dynamic'`. Without
   * a token, cloaked calls show the process's identity. With `'static'` the token may be closed
   * once the blanket is set. With `'dynamic'` it must stay open until another blanket is set,
   * because every call uses it.
   */
  readonly as?: Token;

  /**
   * The account that the server must run as, for mutual authentication: `'DOMAIN\\account'` or the
   * name of a service.
   */
  readonly serverPrincipal?: string;
}

/**
 * Checks the settings of a blanket, and converts them to COM's numbers.
 *
 * @throws TypeError - When an option is wrong. The message begins with `name` and names the option.
 */
export function nativeBlanketOptions(options: unknown, name: string): NativeBlanketOptions {
  requireObject(options, name);
  const { authnLevel, impersonationLevel, cloaking, as, serverPrincipal } =
    options as BlanketOptions;
  const blanket: { -readonly [Key in keyof NativeBlanketOptions]: NativeBlanketOptions[Key] } = {};
  if (authnLevel !== undefined) {
    blanket.authnLevel = numberOf(authnLevels, authnLevel, `${name}.authnLevel`);
  }
  if (impersonationLevel !== undefined) {
    blanket.impersonationLevel = numberOf(
      impersonationLevels,
      impersonationLevel,
      `${name}.impersonationLevel`,
    );
  }
  if (cloaking !== undefined) blanket.cloaking = numberOf(cloakings, cloaking, `${name}.cloaking`);
  if (serverPrincipal !== undefined) {
    requireText(serverPrincipal, `${name}.serverPrincipal`);
    blanket.serverPrincipal = serverPrincipal;
  }
  if (as !== undefined) {
    if (cloaking !== 'static' && cloaking !== 'dynamic') {
      throw new TypeError(`${name}.as needs ${name}.cloaking to be 'static' or 'dynamic'`);
    }
    blanket.as = nativeOf(as, `${name}.as must be a Token`);
  }
  return blanket;
}
