import { type ClientToken, nativeOf } from './client-token.js';
import type { ClientBlanketNumbers, NativeBlanket, ProxyBlanketNumbers } from './native.js';
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
  readonly as?: ClientToken;

  /** The server's account, for mutual authentication: `'DOMAIN\\account'` or a service's name. */
  readonly serverPrincipal?: string;
}

/** How a client is authenticated, by COM's names. A number without a name here is that number. */
export interface ClientBlanket {
  /** The client's account, as it was authenticated: `'DOMAIN\\ada'`. `null`: COM does not say. */
  readonly client: string | null;

  /** `'winnt'`, `'gss-kerberos'`, `'none'` … */
  readonly authnService: string;
  readonly authzService: string;

  /** `'pkt-privacy'` … */
  readonly authnLevel: string;

  /** `'static-cloaking'`, `'mutual-auth'` … */
  readonly capabilities: readonly string[];
  readonly serverPrincipal: string | null;
}

/** How a connection's calls are made, by COM's names and in its numbers. */
export interface ConnectionBlanket {
  readonly authnService: string;
  readonly authzService: string;
  readonly authnLevel: string;
  readonly impersonationLevel: string;
  readonly cloaking: Cloaking;
  readonly capabilities: readonly string[];
  readonly serverPrincipal: string | null;
  readonly numbers: ProxyBlanketNumbers;
}

export function namedClientBlanket(numbers: ClientBlanketNumbers): ClientBlanket {
  return {
    client: numbers.client,
    authnService: nameOf(authnServices, numbers.authnService),
    authzService: nameOf(authzServices, numbers.authzService),
    authnLevel: nameOf(authnLevels, numbers.authnLevel),
    capabilities: namesOfBits(capabilities, numbers.capabilities),
    serverPrincipal: numbers.serverPrincipal,
  };
}

export function namedConnectionBlanket(numbers: ProxyBlanketNumbers): ConnectionBlanket {
  return {
    authnService: nameOf(authnServices, numbers.authnService),
    authzService: nameOf(authzServices, numbers.authzService),
    authnLevel: nameOf(authnLevels, numbers.authnLevel),
    impersonationLevel: nameOf(impersonationLevels, numbers.impersonationLevel),
    cloaking: cloakingOf(numbers.capabilities),
    capabilities: namesOfBits(capabilities, numbers.capabilities),
    serverPrincipal: numbers.serverPrincipal,
    numbers,
  };
}

/** @throws TypeError - an option is wrong; the message names it, after `what`. */
export function nativeBlanket(options: unknown, what: string): NativeBlanket {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError(`${what} must be an object`);
  }
  const { authnLevel, impersonationLevel, cloaking, as, serverPrincipal } =
    options as BlanketOptions;
  const blanket: { -readonly [Key in keyof NativeBlanket]: NativeBlanket[Key] } = {};
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
    blanket.as = nativeOf(as, `${what}.as must be a ClientToken`);
  }
  return blanket;
}

/** @throws TypeError - `value` is no text, or COM would read only a part of it. */
export function requireText(value: unknown, what: string): asserts value is string {
  if (typeof value !== 'string' || value === '' || value.includes('\0')) {
    throw new TypeError(`${what} must be a string, not empty and without NUL`);
  }
}
