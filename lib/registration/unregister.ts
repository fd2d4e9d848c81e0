import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { importServers } from '../server/server-module.js';
import { isClsid, isProgId, requireClassName } from '../value/identifiers.js';
import { leaveToUsers, sweepUsers, whileLocked } from './async-mapping.js';
import {
  asyncMappingEntries,
  bookEntry,
  classEntries,
  clsidKey,
  hiveOf,
  progIdKey,
  proxyStubClsid,
  proxyStubEntries,
  type RegisteredClass,
  type RegistryEntry,
  type Scope,
} from './entries.js';
import { requireOptions, requirePath, type UnregisterOptions } from './options.js';
import { book, classInRegistry, dllsOf, isSame } from './registered-classes.js';
import {
  planRemoval,
  readText,
  type RegistryPlace,
  type Removal,
  remove,
  writeEntries,
} from './registry.js';

/** A path, or a module's name. */
const fileForm = /[\\/]|\.[cm]?[jt]s$/i;

/**
 * Removes what {@link register} wrote, and nothing else: a key in which somebody else has put
 * something stays. The proxy/stub goes with the last class that was registered with one, the
 * asynchronous mapping with the last class of async-com.
 *
 * @param name - A CLSID, a ProgID, or the path of a module with servers.
 * @returns What was removed, or with `dryRun` would be: values, and keys. Empty where async-com has
 *   not registered it.
 * @throws TypeError - an argument is wrong. Error - the module is not there, or has no servers.
 *   ComError - the registry refused; the message names the key. What is left another try removes.
 */
export async function unregister(
  name: string,
  options: UnregisterOptions = {},
): Promise<RegistryPlace[]> {
  requirePath(name, 'name');
  const { scope, dryRun } = requireOptions(options);
  const clsids = await clsidsOf(scope, name);
  const ours = clsids.flatMap((clsid) => classInRegistry(scope, clsid) ?? []);
  if (ours.length === 0) return [];
  let removal: Removal = { values: [], keys: [] };
  await whileLocked(scope, () => {
    const staying = book(scope).filter(
      ({ name: clsid }) => !ours.some((one) => isSame(one.clsid, clsid)),
    );
    const mappingIsUsed = staying.length > 0 || sweepUsers(scope) > 0;
    removal = planRemoval([
      ...ours.flatMap((one) =>
        classEntries(scope, one).filter((entry) => isStillOurs(scope, one, entry)),
      ),
      ...(dllsOf(staying).length === 0 ? proxyStubEntries(scope, '') : []),
      ...(mappingIsUsed ? [] : asyncMappingEntries(scope)),
      // Last: until then another try knows that there is something to remove.
      ...ours.map(({ clsid }) => bookEntry(scope, clsid, '')),
    ]);
    if (dryRun) return;
    if (mappingIsUsed && staying.length === 0) leaveToUsers(scope);
    remove(removal);
    keepProxyStubOf(scope, staying);
  });
  return [...removal.values, ...removal.keys];
}

/** Somebody may have given our ProgID to a class of theirs. */
function isStillOurs(scope: Scope, one: RegisteredClass, { key }: RegistryEntry): boolean {
  const progId = [one.progId, one.versionIndependentProgId].find(
    (name) => name !== null && isWithin(key, progIdKey(name)),
  );
  if (progId === undefined || progId === null) return true;
  return isSame(readText(hiveOf(scope), `${progIdKey(progId)}\\CLSID`) ?? one.clsid, one.clsid);
}

function isWithin(key: string, outer: string): boolean {
  return `${key}\\`.toLowerCase().startsWith(`${outer}\\`.toLowerCase());
}

/** The DLL of a program that has gone must not be what the others need. */
function keepProxyStubOf(scope: Scope, staying: ReturnType<typeof book>): void {
  const dlls = dllsOf(staying);
  const now = readText(hiveOf(scope), `${clsidKey(proxyStubClsid)}\\InprocServer32`);
  const [other] = dlls;
  if (now === undefined || other === undefined || dlls.some((dll) => isSame(dll, now))) return;
  writeEntries(proxyStubEntries(scope, other));
}

async function clsidsOf(scope: Scope, name: string): Promise<string[]> {
  if (isClsid(name)) return [name];
  if (existsSync(name)) return (await importServers(name)).servers.map(({ clsid }) => clsid);
  const clsid = isProgId(name) ? readText(hiveOf(scope), `${progIdKey(name)}\\CLSID`) : undefined;
  if (clsid !== undefined) return [clsid];
  // Only then: a ProgID may end so, too.
  if (fileForm.test(name)) throw new Error(`there is no module ${resolve(name)}`);
  requireClassName(name, 'name');
  return [];
}
