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
 * How the calls of a client are authenticated. Both sides of a call can ask: the server with
 * {@link CallThread.queryBlanket} or {@link ServerCall.client}, the client with
 * {@link Connection.queryBlanket}.
 *
 * A value is the end of the name of COM's constant, in small letters with hyphens:
 * `RPC_C_AUTHN_LEVEL_PKT_PRIVACY` is `'pkt-privacy'`. If async-com has no name for a number, the
 * value is the number as a string.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/api/objidlbase/nf-objidlbase-iserversecurity-queryblanket
 */
export interface Blanket {
  /**
   * The client's account, as COM authenticated it: `'DOMAIN\\ada'`. `null` at the client, if COM
   * does not tell, and if the client is not known to be on this computer: COM's description of such
   * a client need not be a name. {@link CallThread.threadToken} tells the account of every client,
   * after {@link CallThread.impersonateClient}.
   */
  readonly client: string | null;

  /** The server's account, for mutual authentication. `null` if COM does not tell. */
  readonly serverPrincipal: string | null;

  /** The authentication service: `'winnt'`, `'gss-kerberos'`, `'none'` … */
  readonly authnService: string;

  /** The authorization service: `'none'`, `'name'`, `'dce'` … */
  readonly authzService: string;

  /** How calls are authenticated and protected: `'pkt-privacy'` … */
  readonly authnLevel: string;

  /**
   * What the server may do as its client. `null` at the server, because COM does not tell the
   * server: read the level of the client's token there.
   */
  readonly impersonationLevel: string | null;

  /** Which identity calls show to the server. */
  readonly cloaking: Cloaking;

  /** The capabilities that are set: `'mutual-auth'` … */
  readonly capabilities: readonly string[];

  /** The same blanket as COM's numbers. */
  readonly numbers: BlanketNumbers;
}

/** Converts a blanket from COM's numbers to names. */
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
