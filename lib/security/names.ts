// COM's security constants by their own names: the end of the constant, in small letters with
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
} as const;

/** https://learn.microsoft.com/en-us/windows/win32/com/com-impersonation-level-constants */
export const impersonationLevels = {
  default: 0,
  anonymous: 1,
  identify: 2,
  impersonate: 3,
  delegate: 4,
} as const;

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

/** https://learn.microsoft.com/en-us/windows/win32/api/objidl/ne-objidl-eole_authentication_capabilities */
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

/** Whom a call shows to its server. */
export const cloakings = {
  none: 0,
  static: capabilities['static-cloaking'],
  dynamic: capabilities['dynamic-cloaking'],
} as const;

/**
 * How much of each call is authenticated and protected.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/com/com-authentication-level-constants
 */
export type AuthnLevel = keyof typeof authnLevels;

/**
 * What a client grants its server: who the client is (`identify`), or to act as it (`impersonate`),
 * on other computers as well (`delegate`).
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/com/com-impersonation-level-constants
 */
export type ClientImpersonationLevel = keyof typeof impersonationLevels;

/**
 * Whom a call shows to its server where the calling thread acts as somebody: `none`, the process;
 * `static`, whom the thread acted as when the blanket was set; `dynamic`, whom it acts as at each
 * call.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/com/cloaking
 */
export type Cloaking = keyof typeof cloakings;

/** The name of a number; the number itself, as text, where it has none here. */
export function nameOf(names: Readonly<Record<string, number>>, number: number): string {
  const unsigned = number >>> 0;
  const found = Object.entries(names).find(([, known]) => known === unsigned);
  return found?.[0] ?? String(unsigned);
}

/** The names of the bits of a number; what is left over is one number more. */
export function namesOfBits(names: Readonly<Record<string, number>>, bits: number): string[] {
  const found = Object.entries(names).filter(([, bit]) => (bits & bit) !== 0);
  const rest = found.reduce((left, [, bit]) => left & ~bit, bits);
  return [
    ...found.map(([name]) => name),
    ...(rest === 0 ? [] : [`0x${(rest >>> 0).toString(16)}`]),
  ];
}

export function cloakingOf(bits: number): Cloaking {
  if ((bits & cloakings.dynamic) !== 0) return 'dynamic';
  return (bits & cloakings.static) === 0 ? 'none' : 'static';
}

/** The number of a name. @throws TypeError - it is none of them; the message begins with `what`. */
export function numberOf(
  names: Readonly<Record<string, number>>,
  name: unknown,
  what: string,
): number {
  const known = typeof name === 'string' && Object.hasOwn(names, name) ? names[name] : undefined;
  if (known !== undefined) return known;
  const all = Object.keys(names).map((one) => `'${one}'`);
  throw new TypeError(`${what} must be ${all.slice(0, -1).join(', ')} or ${all.at(-1) ?? ''}`);
}
