import { requireText } from '../errors/arguments.js';
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
 * How a client's calls are made. What is left out stays as it is: at first, as the process's
 * security has it.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/api/objidl/nf-objidl-iclientsecurity-setblanket
 */
export interface BlanketOptions {
  readonly authnLevel?: AuthnLevel;

  /** What the server may do as its client. */
  readonly impersonationLevel?: ClientImpersonationLevel;

  readonly cloaking?: Cloaking;

  /**
   * Whom cloaked calls show: a token of a client of this process's own, from
   * `call.duplicateToken()`. Only with `cloaking` `'static'` or `'dynamic'`; without it they show
   * the process. With `'static'` it may be closed once the blanket is set, with `'dynamic'` it
   * serves calls until another blanket is set.
   */
  readonly as?: Token;

  /** The server's account, for mutual authentication: `'DOMAIN\\account'` or a service's name. */
  readonly serverPrincipal?: string;
}

/** @throws TypeError - an option is wrong; the message names it, after `what`. */
export function nativeBlanketOptions(options: unknown, what: string): NativeBlanketOptions {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`${what} must be an object`);
  }
  const { authnLevel, impersonationLevel, cloaking, as, serverPrincipal } =
    options as BlanketOptions;
  const blanket: { -readonly [Key in keyof NativeBlanketOptions]: NativeBlanketOptions[Key] } = {};
  if (authnLevel !== undefined) {
    blanket.authnLevel = numberOf(authnLevels, authnLevel, `${what}.authnLevel`);
  }
  if (impersonationLevel !== undefined) {
    blanket.impersonationLevel = numberOf(
      impersonationLevels,
      impersonationLevel,
      `${what}.impersonationLevel`,
    );
  }
  if (cloaking !== undefined) blanket.cloaking = numberOf(cloakings, cloaking, `${what}.cloaking`);
  if (serverPrincipal !== undefined) {
    requireText(serverPrincipal, `${what}.serverPrincipal`);
    blanket.serverPrincipal = serverPrincipal;
  }
  if (as !== undefined) {
    if (cloaking !== 'static' && cloaking !== 'dynamic') {
      throw new TypeError(`${what}.as needs ${what}.cloaking to be 'static' or 'dynamic'`);
    }
    blanket.as = nativeOf(as, `${what}.as must be a Token`);
  }
  return blanket;
}
