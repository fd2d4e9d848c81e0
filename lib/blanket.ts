import { type Token, nativeOf } from './token.js';
import type { BlanketNumbers, NativeBlanket, NativeBlanketOptions } from './native.js';
import {
  type AuthnLevel,
  authnLevels,
  authnServices,
  authzServices,
  capabilities,
  type ClientImpersonationLevel,
  type Cloaking,
  cloakingOf,
  cloakings,
  impersonationLevels,
  nameOf,
  namesOfBits,
  numberOf,
} from './security-names.js';

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

/**
 * How the calls of a client are authenticated, by COM's names. A number that has no name here is that
 * number as text. Both sides of a call can ask: the server with `call.queryBlanket()` or
 * `call.client`, the client with `connection.queryBlanket()`.
 */
export interface Blanket {
  /**
   * The client's account, as it was authenticated: `'DOMAIN\\ada'`. `null` at the client, and where
   * COM does not tell.
   */
  readonly client: string | null;

  /** The server's account, for mutual authentication. */
  readonly serverPrincipal: string | null;

  /** `'winnt'`, `'gss-kerberos'`, `'none'` … */
  readonly authnService: string;
  readonly authzService: string;

  /** `'pkt-privacy'` … */
  readonly authnLevel: string;

  /** What the server may do as its client. `null` at the server: see the token's level there. */
  readonly impersonationLevel: string | null;

  readonly cloaking: Cloaking;

  /** `'mutual-auth'` … */
  readonly capabilities: readonly string[];

  /** The same in COM's own numbers. */
  readonly numbers: BlanketNumbers;
}

export function blanketOf(blanket: NativeBlanket): Blanket {
  const { client, serverPrincipal, ...numbers } = blanket;
  const { impersonationLevel } = numbers;
  return {
    client,
    serverPrincipal,
    authnService: nameOf(authnServices, numbers.authnService),
    authzService: nameOf(authzServices, numbers.authzService),
    authnLevel: nameOf(authnLevels, numbers.authnLevel),
    impersonationLevel:
      impersonationLevel === null ? null : nameOf(impersonationLevels, impersonationLevel),
    cloaking: cloakingOf(numbers.capabilities),
    capabilities: namesOfBits(capabilities, numbers.capabilities),
    numbers,
  };
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

/** @throws TypeError - `value` is no text, or COM would read only a part of it. */
export function requireText(value: unknown, what: string): asserts value is string {
  if (typeof value !== 'string' || value === '' || value.includes('\0')) {
    throw new TypeError(`${what} must be a string, not empty and without NUL`);
  }
}
