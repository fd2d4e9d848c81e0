import { requireText } from '../errors/arguments.js';
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

const settable = ['mutual-auth', 'secure-refs', 'no-custom-marshal', 'disable-aaa'] as const;

/**
 * What {@link SecurityOptions.capabilities} may name.
 *
 * - `mutual-auth`: the server authenticates itself, too, where the service can do that.
 * - `secure-refs`: counting references to objects is authenticated.
 * - `no-custom-marshal`: values that arrive may not bring marshalers of their own.
 * - `disable-aaa`: a server that would be started as its client is not activated.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/api/objidl/ne-objidl-eole_authentication_capabilities
 */
export type Capability = (typeof settable)[number];

/** What async-com sets where it is told nothing else. */
export const defaultSecurity = {
  authnLevel: 'pkt-privacy',
  impersonationLevel: 'identify',
  cloaking: 'none',
  capabilities: ['no-custom-marshal'],
} as const satisfies SecurityOptions;

/** COM's security for the whole process. What is left out has the safe default. */
export interface SecurityOptions {
  /**
   * The least that calls are protected, those that come and those that go out. Default
   * `'pkt-privacy'`: authenticated, unchanged, encrypted.
   */
  readonly authnLevel?: AuthnLevel;

  /** What servers that this process calls may do as it. Default `'identify'`: know who it is. */
  readonly impersonationLevel?: ClientImpersonationLevel;

  /** Default `'none'`. */
  readonly cloaking?: Cloaking;

  /** Default `['no-custom-marshal']`. */
  readonly capabilities?: readonly Capability[];

  /**
   * Who may call, as a security descriptor in SDDL with a DACL. The right to call is `0x1`
   * (COM_RIGHTS_EXECUTE) with `0x2` (from this computer) or `0x4` (from others). Owner and group,
   * where it names none, are this process's account. Default: this account, SYSTEM and
   * administrators, from this computer.
   *
   * `null`: anybody, even without saying who they are. It is what COM needs for `authnLevel`
   * `'none'`, and good for nothing else.
   *
   * @see https://learn.microsoft.com/en-us/windows/win32/secauthz/security-descriptor-string-format
   */
  readonly accessPermissions?: string | null;
}

/** COM's security for the process, and who set it. */
export interface ProcessSecurity {
  /**
   * `nobody`: it will be set on first use. `default`: async-com set it, on first use. `caller`:
   * {@link initializeSecurity} did. `host`: somebody else in the process, and COM does not tell with
   * what: everything else here is `null` then.
   */
  readonly setBy: 'nobody' | 'default' | 'caller' | 'host';
  readonly authnLevel: string | null;
  readonly impersonationLevel: string | null;
  readonly cloaking: Cloaking | null;
  readonly capabilities: readonly string[] | null;

  /** As SDDL. `null` also where anybody may call. */
  readonly accessPermissions: string | null;
}

/**
 * Sets COM's security for this process. It can be set once, and async-com sets its own defaults on
 * first use: call this before {@link connect} and `listen`. It runs on another thread.
 *
 * @throws TypeError - an option is wrong; the message names it. Nothing was set.
 * @throws ComError - `RPC_E_TOO_LATE`: the process has its security already; the message says from
 *   whom and, where async-com set it, which.
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

/** COM's security for this process as async-com knows it. */
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
    nobody: 'by whom is not known',
    host:
      'not by async-com but by the host program or another library in this process, with ' +
      'CoInitializeSecurity or by its first use of COM',
    default: 'by async-com itself, with its defaults, on first use',
    caller: 'by an earlier initializeSecurity',
  }[setBy];
  const what =
    authnLevel === null
      ? ''
      : ` (authnLevel '${authnLevel}', impersonationLevel '${String(impersonationLevel)}', ` +
        `cloaking '${String(cloaking)}', accessPermissions ` +
        `${accessPermissions === null ? 'null' : `'${accessPermissions}'`})`;
  return new ComError(
    `the security of this process was set already, ${who}${what}; it can be set once, so call ` +
      'initializeSecurity before anything else of COM (RPC_E_TOO_LATE)',
    { hresult: hresults.RPC_E_TOO_LATE },
  );
}

function nativeOptions(options: unknown): Partial<Omit<NativeProcessSecurity, 'setBy'>> {
  if (typeof options !== 'object' || options === null) {
    throw new TypeError('options must be an object');
  }
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
    requireText(accessPermissions, 'options.accessPermissions');
  }
  if (authnLevel === 'none' && accessPermissions !== null) {
    throw new TypeError(
      "options.accessPermissions must be null with options.authnLevel 'none': who does not say who " +
        'they are cannot be checked',
    );
  }
  return {
    authnLevel: level,
    impersonationLevel: impersonation,
    capabilities: bits,
    ...(accessPermissions === undefined ? {} : { accessPermissions }),
  };
}
