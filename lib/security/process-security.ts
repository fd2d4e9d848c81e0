import { requireObject, requireText } from '../errors/arguments.js';
import { ComError, isFailure } from '../errors/com-error.js';
import { native } from '../native/addon.js';
import type { NativeProcessSecurity } from '../native/security.js';
import { errorOf, valueOf } from '../errors/outcome.js';
import {
  type AuthnLevel,
  authnLevels,
  capabilities as capabilityBits,
  type ClientImpersonationLevel,
  type Cloaking,
  cloakingOf,
  cloakings,
  impersonationLevels,
  nameOf,
  namesOfBits,
  numberOf,
} from './names.js';
import { hresults } from '../errors/hresults.js';

const settable: readonly Capability[] = [
  'mutual-auth',
  'secure-refs',
  'no-custom-marshal',
  'disable-aaa',
];

/**
 * A capability that {@link SecurityOptions.capabilities} can set.
 *
 * - `mutual-auth`: the server authenticates itself to the client as well, if the authentication
 *   service can do that.
 * - `secure-refs`: COM authenticates the calls that count references to objects.
 * - `no-custom-marshal`: COM does not load custom marshalers for values that arrive.
 * - `disable-aaa`: an activation fails if COM would start the server under the identity of its
 *   client ("activate as activator").
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/api/objidl/ne-objidl-eole_authentication_capabilities
 */
export type Capability = 'mutual-auth' | 'secure-refs' | 'no-custom-marshal' | 'disable-aaa';

/** The security that async-com sets if the caller chooses nothing else. */
export const defaultSecurity = {
  authnLevel: 'pkt-privacy',
  impersonationLevel: 'identify',
  cloaking: 'none',
  capabilities: ['no-custom-marshal'],
} as const satisfies SecurityOptions;

/** COM's security for the whole process. An option that is left out gets a safe default. */
export interface SecurityOptions {
  /**
   * The lowest level at which calls are authenticated and protected: calls that arrive, and calls
   * that this process makes. Default `'pkt-privacy'`: calls are authenticated and encrypted, and
   * nobody can change them on their way.
   */
  readonly authnLevel?: AuthnLevel;

  /**
   * What the servers that this process calls may do with this process's identity. Default
   * `'identify'`: they may learn who it is.
   */
  readonly impersonationLevel?: ClientImpersonationLevel;

  /** Which identity the calls of this process show to their servers. Default `'none'`. */
  readonly cloaking?: Cloaking;

  /** The capabilities that are set. Default `['no-custom-marshal']`. */
  readonly capabilities?: readonly Capability[];

  /**
   * Who may call this process: a security descriptor in SDDL with a DACL. The right to call is
   * `0x1` (`COM_RIGHTS_EXECUTE`) together with `0x2` (from this computer) or `0x4` (from other
   * computers). If the descriptor has no owner or group, this process's account is used. Default:
   * this account, SYSTEM and administrators may call from this computer.
   *
   * With `null`, anybody may call, even without authentication. COM requires `null` for
   * `authnLevel` `'none'`. Do not use it for anything else.
   *
   * @see https://learn.microsoft.com/en-us/windows/win32/secauthz/security-descriptor-string-format
   */
  readonly accessPermissions?: string | null;
}

/** COM's security for the process, and who set it. */
export interface ProcessSecurity {
  /**
   * Who set the security.
   *
   * - `nobody`: it is not set yet. async-com sets its defaults when COM is first used.
   * - `default`: async-com set its defaults when COM was first used.
   * - `caller`: {@link initializeSecurity} set it.
   * - `host`: the host program or another library in the process set it. COM does not tell what was
   *   set.
   *
   * All other properties are `null` with `nobody` and `host`.
   */
  readonly setBy: 'nobody' | 'default' | 'caller' | 'host';

  /** The lowest level at which calls are authenticated and protected: `'pkt-privacy'` … */
  readonly authnLevel: string | null;

  /**
   * What the servers that this process calls may do with this process's identity: `'identify'` …
   */
  readonly impersonationLevel: string | null;

  /** Which identity the calls of this process show to their servers. */
  readonly cloaking: Cloaking | null;

  /** The capabilities that are set. */
  readonly capabilities: readonly string[] | null;

  /**
   * Who may call this process, as a security descriptor in SDDL. `null` also if anybody may call.
   */
  readonly accessPermissions: string | null;
}

/**
 * Sets COM's security for this process. It can be set only once, and async-com sets its defaults
 * when COM is first used: call this function before {@link connect} and {@link Server.listen}. The
 * work is done on another thread.
 *
 * @param options - The security to set. Default: async-com's defaults.
 * @throws TypeError - When an option is wrong. The message names it. Nothing was set.
 * @throws ComError - When the process already has its security (`RPC_E_TOO_LATE`). The message says
 *   who set it and, if that was async-com, what was set. Also when COM refuses the options.
 * @see https://learn.microsoft.com/en-us/windows/win32/api/combaseapi/nf-combaseapi-coinitializesecurity
 * @example
 * // Servers that this process calls may act as it.
 * await initializeSecurity({ impersonationLevel: 'impersonate' });
 */
export async function initializeSecurity(options: SecurityOptions = {}): Promise<void> {
  const outcome = await native.initializeSecurity(nativeOptions(options));
  if (!isFailure(outcome.hresult)) return;
  if (outcome.hresult === hresults.RPC_E_TOO_LATE) throw tooLateError();
  if (outcome.failure === 'descriptor') {
    throw new TypeError(
      'options.accessPermissions must be a security descriptor in SDDL with a DACL, such as ' +
        `'D:(A;;0x3;;;BA)': ${errorOf(outcome).message}`,
      { cause: errorOf(outcome) },
    );
  }
  valueOf(outcome);
}

/**
 * Returns COM's security for this process, as far as async-com knows it.
 *
 * @returns The security, and who set it.
 * @example
 * console.log(processSecurity().setBy); // 'nobody'
 */
export function processSecurity(): ProcessSecurity {
  const security = native.processSecurity();
  const { setBy } = security;
  if (setBy === 'default' || setBy === 'caller') return named(security);
  return {
    setBy,
    authnLevel: null,
    impersonationLevel: null,
    cloaking: null,
    capabilities: null,
    accessPermissions: null,
  };
}

function named(security: NativeProcessSecurity): ProcessSecurity {
  return {
    setBy: security.setBy,
    authnLevel: nameOf(authnLevels, security.authnLevel),
    impersonationLevel: nameOf(impersonationLevels, security.impersonationLevel),
    cloaking: cloakingOf(security.capabilities),
    capabilities: namesOfBits(capabilityBits, security.capabilities),
    accessPermissions: security.accessPermissions,
  };
}

function tooLateError(): ComError {
  const { setBy, authnLevel, impersonationLevel, cloaking, accessPermissions } = processSecurity();
  const who = {
    nobody: 'but it is not known by whom',
    host:
      'not by async-com but by the host program or another library in this process, with ' +
      'CoInitializeSecurity or by its first use of COM',
    default: 'by async-com with its defaults, when COM was first used',
    caller: 'by an earlier initializeSecurity',
  }[setBy];
  const what =
    authnLevel === null
      ? ''
      : ` (authnLevel '${authnLevel}', impersonationLevel '${String(impersonationLevel)}', ` +
        `cloaking '${String(cloaking)}', accessPermissions ` +
        `${accessPermissions === null ? 'null' : `'${accessPermissions}'`})`;
  return new ComError(
    `the security of this process was set already, ${who}${what}. It can be set only once: call ` +
      'initializeSecurity before anything else in the process uses COM (RPC_E_TOO_LATE)',
    { hresult: hresults.RPC_E_TOO_LATE },
  );
}

function nativeOptions(options: unknown): Partial<Omit<NativeProcessSecurity, 'setBy'>> {
  requireObject(options);
  const {
    authnLevel = defaultSecurity.authnLevel,
    impersonationLevel = defaultSecurity.impersonationLevel,
    cloaking = defaultSecurity.cloaking,
    capabilities = defaultSecurity.capabilities,
    accessPermissions,
  } = options as SecurityOptions;
  const level = numberOf(authnLevels, authnLevel, 'options.authnLevel');
  const impersonation = numberOf(
    impersonationLevels,
    impersonationLevel,
    'options.impersonationLevel',
  );
  let bits = numberOf(cloakings, cloaking, 'options.cloaking');
  if (!Array.isArray(capabilities)) {
    throw new TypeError('options.capabilities must be an array of names');
  }
  const known = Object.fromEntries(settable.map((name) => [name, capabilityBits[name]]));
  capabilities.forEach((name, index) => {
    bits |= numberOf(known, name, `options.capabilities[${String(index)}]`);
  });
  if (accessPermissions !== undefined && accessPermissions !== null) {
    if (typeof accessPermissions !== 'string') {
      throw new TypeError(
        'options.accessPermissions must be a security descriptor in SDDL, or null for anybody',
      );
    }
    requireText(accessPermissions, 'options.accessPermissions');
  }
  if (authnLevel === 'none' && accessPermissions !== null) {
    throw new TypeError(
      "options.accessPermissions must be null when options.authnLevel is 'none': COM cannot check the " +
        'access of a client that it does not authenticate',
    );
  }
  return {
    authnLevel: level,
    impersonationLevel: impersonation,
    capabilities: bits,
    ...(accessPermissions === undefined ? {} : { accessPermissions }),
  };
}
