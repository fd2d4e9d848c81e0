// Names for COM's security constants: the end of the constant's name, in small letters with
// hyphens. RPC_C_AUTHN_LEVEL_PKT_PRIVACY is 'pkt-privacy'.

/** https://learn.microsoft.com/en-us/windows/win32/com/com-authentication-level-constants */
export const authnLevels = {
  default: 0,
  none: 1,
  connect: 2,
  call: 3,
  pkt: 4,
  'pkt-integrity': 5,
  'pkt-privacy': 6,
} as const satisfies Readonly<Record<AuthnLevel, number>>;

/** https://learn.microsoft.com/en-us/windows/win32/com/com-impersonation-level-constants */
export const impersonationLevels = {
  default: 0,
  anonymous: 1,
  identify: 2,
  impersonate: 3,
  delegate: 4,
} as const satisfies Readonly<Record<ClientImpersonationLevel, number>>;

/** https://learn.microsoft.com/en-us/windows/win32/com/com-authentication-service-constants */
export const authnServices = {
  none: 0,
  'dce-private': 1,
  'dce-public': 2,
  'dec-public': 4,
  'gss-negotiate': 9,
  winnt: 10,
  'gss-schannel': 14,
  'gss-kerberos': 16,
  dpa: 17,
  msn: 18,
  kernel: 20,
  digest: 21,
  mq: 100,
  default: 0xffffffff,
} as const;

/** https://learn.microsoft.com/en-us/windows/win32/com/com-authorization-constants */
export const authzServices = { none: 0, name: 1, dce: 2, default: 0xffffffff } as const;

/**
 * https://learn.microsoft.com/en-us/windows/win32/api/objidl/ne-objidl-eole_authentication_capabilities
 */
export const capabilities = {
  'mutual-auth': 0x1,
  'secure-refs': 0x2,
  'access-control': 0x4,
  appid: 0x8,
  dynamic: 0x10,
  'static-cloaking': 0x20,
  'dynamic-cloaking': 0x40,
  'any-authority': 0x80,
  'make-fullsic': 0x100,
  'require-fullsic': 0x200,
  'auto-impersonate': 0x400,
  default: 0x800,
  'disable-aaa': 0x1000,
  'no-custom-marshal': 0x2000,
} as const;

/** Which identity a call shows to its server. */
export const cloakings = {
  none: 0,
  static: capabilities['static-cloaking'],
  dynamic: capabilities['dynamic-cloaking'],
} as const satisfies Readonly<Record<Cloaking, number>>;

/**
 * How calls are authenticated and protected.
 *
 * - `default`: COM chooses the level.
 * - `none`: calls are not authenticated.
 * - `connect`: the client is authenticated when it connects.
 * - `call`: the client is authenticated at the start of each call.
 * - `pkt`: all data is authenticated: it comes from the client.
 * - `pkt-integrity`: in addition, nobody can change the data on its way.
 * - `pkt-privacy`: in addition, the data is encrypted.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/com/com-authentication-level-constants
 */
export type AuthnLevel =
  'default' | 'none' | 'connect' | 'call' | 'pkt' | 'pkt-integrity' | 'pkt-privacy';

/**
 * What a client allows its server to do with the client's identity.
 *
 * - `default`: COM chooses the level.
 * - `anonymous`: nothing. The server does not learn who the client is.
 * - `identify`: the server may learn who the client is, and may check the client's access.
 * - `impersonate`: the server may act as the client on the server's computer.
 * - `delegate`: the server may act as the client on other computers as well.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/com/com-impersonation-level-constants
 */
export type ClientImpersonationLevel =
  'default' | 'anonymous' | 'identify' | 'impersonate' | 'delegate';

/**
 * Which identity a call shows to its server, if the calling thread has an impersonation token.
 *
 * - `none`: the process's identity.
 * - `static`: the identity that the thread had when the blanket was set.
 * - `dynamic`: the identity that the thread has at each call.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/com/cloaking
 */
export type Cloaking = 'none' | 'static' | 'dynamic';

/** Returns the name of a number, or the number as a string if it has no name here. */
export function nameOf(names: Readonly<Record<string, number>>, number: number): string {
  const unsigned = number >>> 0;
  const found = Object.entries(names).find(([, known]) => known === unsigned);
  return found?.[0] ?? String(unsigned);
}

/** Returns the names of the bits of a number. Bits without a name become one hexadecimal number. */
export function namesOfBits(names: Readonly<Record<string, number>>, bits: number): string[] {
  const found = Object.entries(names).filter(([, bit]) => (bits & bit) !== 0);
  const rest = found.reduce((left, [, bit]) => left & ~bit, bits);
  return [
    ...found.map(([name]) => name),
    ...(rest === 0 ? [] : [`0x${(rest >>> 0).toString(16)}`]),
  ];
}

/** Returns the cloaking that is set in the bits of a blanket's capabilities. */
export function cloakingOf(bits: number): Cloaking {
  if ((bits & cloakings.dynamic) !== 0) return 'dynamic';
  return (bits & cloakings.static) === 0 ? 'none' : 'static';
}

/**
 * Returns the number of a name.
 *
 * @throws TypeError - When `name` is not one of `names`. The message begins with `argument`.
 */
export function numberOf(
  names: Readonly<Record<string, number>>,
  name: unknown,
  argument: string,
): number {
  const known = typeof name === 'string' && Object.hasOwn(names, name) ? names[name] : undefined;
  if (known !== undefined) return known;
  const all = Object.keys(names).map((one) => `'${one}'`);
  throw new TypeError(`${argument} must be ${all.slice(0, -1).join(', ')} or ${all.at(-1) ?? ''}`);
}
