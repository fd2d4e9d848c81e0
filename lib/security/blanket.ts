import type { BlanketNumbers, NativeBlanket } from '../native/security.js';
import {
  authnLevels,
  authnServices,
  authzServices,
  capabilities,
  type Cloaking,
  cloakingOf,
  impersonationLevels,
  nameOf,
  namesOfBits,
} from './names.js';

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
