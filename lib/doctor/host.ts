import { existsSync } from 'node:fs';
import { release, version } from 'node:os';

import { native } from '../native/addon.js';
import { hasAsyncMapping } from '../registration/async-mapping.js';
import { proxyStubClsid } from '../registration/entries.js';
import { readText } from '../registration/registry.js';
import { processToken } from '../security/thread-token.js';
import { checkPath } from './call-path.js';
import { type Check, checkOf } from './check.js';
import { checkClientSecurity, checkMachineSecurity } from './security.js';

/** What this machine, this account and this installation can do. */
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
  const windows = `${version()} ${release()}`;
  if (wine === null) return ok(windows);
  return limited(
    `Wine ${wine} as ${windows}`,
    'Wine has no asynchronous calls, no identity of clients under other accounts and no COM ' +
      'security: what that does, only Windows shows. It reads registrations per machine only.',
  );
}

export function checkProxyStub(): Check {
  const { ok, wrong } = checkOf('proxy-stub', 'proxy/stub');
  const dll = readText('HKCR', `CLSID\\${proxyStubClsid}\\InprocServer32`);
  if (dll === undefined) {
    return ok(
      'not registered; async-com brings its own into each process',
      'Programs without async-com, in C++ say, need it: async-com register writes it.',
    );
  }
  if (existsSync(dll)) return ok(`registered: ${dll}`);
  return wrong(
    `registered, but not there: ${dll}`,
    'Register a server anew (async-com register), or unregister the one that has gone.',
  );
}

function checkMapping(mapped: boolean): Check {
  const { ok, limited } = checkOf('async-mapping', 'asynchronous mapping');
  if (mapped) return ok('IMethodCall and AsyncIMethodCall, in the registry');
  return limited(
    'not in the registry',
    'Every call takes the bridge. async-com register writes it; verify does for its own run.',
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
    'A server under this account gets the tokens of clients under others at identification level ' +
      'only: it can learn who they are, not act as them.',
  );
}
