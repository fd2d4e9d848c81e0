import { existsSync } from 'node:fs';

import { native } from '../native/addon.js';
import { windowsVersion } from '../native/windows-version.js';
import { hasAsyncMapping } from '../registration/async-mapping.js';
import { proxyStubClsid } from '../registration/entries.js';
import { readText } from '../registration/registry.js';
import { processToken } from '../security/thread-token.js';
import { checkPath } from './call-path.js';
import { type Check, checkOf } from './check.js';
import { checkClientSecurity, checkMachineSecurity } from './security.js';

/** Checks this machine, this account and this installation. Writes nothing to the registry. */
export async function checkHost(): Promise<Check[]> {
  const wine = native.wineVersion();
  const mapped = await hasAsyncMapping();
  return [
    checkWindows(wine),
    checkOf('node', 'Node').ok(`${process.versions.node} ${process.arch}, ${process.execPath}`),
    checkOf('addon', 'addon').ok(native.addonPath()),
    checkProxyStub(),
    checkMapping(mapped),
    await checkPath(wine, mapped),
    await checkAccount(),
    checkClientSecurity(),
    checkMachineSecurity(),
  ];
}

function checkWindows(wine: string | null): Check {
  const { ok, limited } = checkOf('windows', 'Windows');
  const windows = windowsVersion();
  if (wine === null) return ok(windows);
  return limited(
    `Wine ${wine} as ${windows}`,
    'Wine has no asynchronous calls, no identity of clients under other accounts and no COM ' +
      'security. Use Windows to test these. Wine reads only per-machine registrations.',
  );
}

export function checkProxyStub(): Check {
  const { ok, wrong } = checkOf('proxy-stub', 'proxy/stub');
  const dll = readText('HKCR', `CLSID\\${proxyStubClsid}\\InprocServer32`);
  if (dll === undefined) {
    return ok(
      'not registered; async-com has its own in each process',
      'Programs without async-com, for example in C++, need a registered one. Register it with ' +
        '`async-com register`.',
    );
  }
  if (existsSync(dll)) return ok(`registered: ${dll}`);
  return wrong(
    `registered, but the file does not exist: ${dll}`,
    'Register a server again with `async-com register`, or unregister the server whose files ' +
      'were deleted.',
  );
}

function checkMapping(mapped: boolean): Check {
  const { ok, limited } = checkOf('async-mapping', 'asynchronous mapping');
  if (mapped) return ok('IMethodCall and AsyncIMethodCall are in the registry');
  return limited(
    'not in the registry',
    'Without it every call takes the bridge. `async-com register` writes it. `async-com verify` ' +
      'writes it until its own run ends.',
  );
}

async function checkAccount(): Promise<Check> {
  const { ok, limited } = checkOf('account', 'account');
  const { user, privileges } = await processToken();
  const name = user.name === null ? user.sid : `${user.domain ?? ''}\\${user.name}`;
  const held = privileges?.find((privilege) => privilege.name === 'SeImpersonatePrivilege');
  if (held?.enabled === true) return ok(`${name}, with SeImpersonatePrivilege`);
  const without =
    held === undefined
      ? 'without SeImpersonatePrivilege'
      : 'with SeImpersonatePrivilege, but not enabled';
  return limited(
    `${name}, ${privileges === null ? 'privileges unknown' : without}`,
    'A server under this account gets the tokens of clients under other accounts at ' +
      'identification level only. It can see who they are but cannot act as them.',
  );
}
