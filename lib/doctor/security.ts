import { readValue } from '../registration/registry.js';
import { defaultSecurity, processSecurity } from '../security/process-security.js';
import { impersonationLevels, nameOf } from '../security/names.js';
import { type Check, checkOf } from './check.js';

/** The level at which a server may act as its client. */
const needed = 'impersonate';

const howToGrant =
  'To let it act as the client, call ' +
  `initializeSecurity({ impersonationLevel: '${needed}' }) before the client connects, or ` +
  `connect(name, { blanket: { impersonationLevel: '${needed}' } }).`;

/** Checks what a client of async-com in a process like this one lets a server do. */
export function checkClientSecurity(): Check {
  const check = checkOf('client-security', 'clients of async-com');
  const { setBy, ...set } = processSecurity();
  if (setBy === 'host') {
    return check.limited(
      'unknown: other code in this process has set its COM security',
      'COM does not report what servers may do as this process.',
    );
  }
  const { impersonationLevel, authnLevel } = setBy === 'nobody' ? defaultSecurity : set;
  const whose = setBy === 'caller' ? '' : ', by default';
  return checkLevel(
    check,
    impersonationLevel,
    `grant '${String(impersonationLevel)}', protect calls with '${String(authnLevel)}'${whose}`,
    howToGrant,
  );
}

/**
 * Checks what other clients grant if they set no COM security of their own, for example VBScript.
 */
export function checkMachineSecurity(): Check {
  const check = checkOf('machine-security', 'other clients');
  const level = readValue('HKLM', 'Software\\Microsoft\\Ole', 'LegacyImpersonationLevel');
  const name = level === undefined ? 'identify' : nameOf(impersonationLevels, Number(level));
  return checkLevel(
    check,
    name,
    `grant '${name}' if they set nothing, by ` +
      (level === undefined ? 'COM’s default' : 'LegacyImpersonationLevel of this machine'),
    'To let it act as the client, call CoInitializeSecurity or CoSetProxyBlanket with ' +
      'RPC_C_IMP_LEVEL_IMPERSONATE in the client.',
  );
}

function checkLevel(
  { ok, limited }: ReturnType<typeof checkOf>,
  level: string | null,
  seen: string,
  howTo: string,
): Check {
  return level === needed || level === 'delegate'
    ? ok(seen)
    : limited(
        seen,
        `A server cannot act as such a client. At most it can see who the client is. ${howTo}`,
      );
}
