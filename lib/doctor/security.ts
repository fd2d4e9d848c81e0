import { readValue } from '../registration/registry.js';
import { defaultSecurity, processSecurity } from '../security/process-security.js';
import { impersonationLevels, nameOf } from '../security/names.js';
import { type Check, checkOf } from './check.js';

/** The level at which a server may act as its client. */
const needed = 'impersonate';

const granting =
  `It takes '${needed}': initializeSecurity({ impersonationLevel: '${needed}' }), before the client ` +
  `connects, or connect(name, { blanket: { impersonationLevel: '${needed}' } }).`;

/** What a client of async-com lets a server do that it calls from a process like this. */
export function checkClientSecurity(): Check {
  const check = checkOf('client-security', 'clients of async-com');
  const { setBy, ...set } = processSecurity();
  if (setBy === 'host') {
    return check.limited(
      'not known: somebody else in this process has set its COM security',
      'What servers may do as this process, COM does not tell.',
    );
  }
  const { impersonationLevel, authnLevel } = setBy === 'nobody' ? defaultSecurity : set;
  const whose = setBy === 'caller' ? '' : ', by default';
  return checkLevel(
    check,
    impersonationLevel,
    `grant '${String(impersonationLevel)}', protect calls with '${String(authnLevel)}'${whose}`,
    granting,
  );
}

/** What other clients grant that set no COM security of their own: VBScript, say. */
export function checkMachineSecurity(): Check {
  const check = checkOf('machine-security', 'other clients');
  const level = readValue('HKLM', 'Software\\Microsoft\\Ole', 'LegacyImpersonationLevel');
  const name = level === undefined ? 'identify' : nameOf(impersonationLevels, Number(level));
  return checkLevel(
    check,
    name,
    `grant '${name}' where they set nothing, by ` +
      (level === undefined ? 'COM’s default' : 'LegacyImpersonationLevel of this machine'),
    `It takes '${needed}': CoInitializeSecurity or CoSetProxyBlanket with ` +
      'RPC_C_IMP_LEVEL_IMPERSONATE in the client.',
  );
}

function checkLevel(
  { ok, limited }: ReturnType<typeof checkOf>,
  level: string | null,
  seen: string,
  remedy: string,
): Check {
  return level === needed || level === 'delegate'
    ? ok(seen)
    : limited(seen, `A server may know who such a client is, not act as it. ${remedy}`);
}
