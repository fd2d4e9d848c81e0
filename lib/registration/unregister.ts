import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { requireText } from '../errors/arguments.js';
import { importServers } from '../server/server-module.js';
import { isClsid, isProgId, requireClassName } from '../value/identifiers.js';
import { letLastUserRemoveMapping, mappingUsers, whileLocked } from './async-mapping.js';
import {
  asyncMappingEntries,
  registeredClassEntry,
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
import { requireOptions, type UnregisterOptions } from './options.js';
import { classInRegistry, dllsOf, registeredClasses } from './registered-classes.js';
import {
  isSame,
  planRemoval,
  readText,
  type RegistryPlace,
  type Removal,
  remove,
  writeEntries,
} from './registry.js';

/** A string with this form is a path or the file name of a module. */
const fileForm = /[\\/]|\.[cm]?[jt]s$/i;

/**
 * Removes what {@link register} wrote, and nothing else: a key in which another program has written
 * something stays. The entries of the proxy/stub are removed with the last class that was
 * registered with one. Those of the asynchronous mapping are removed with the last class of
 * async-com, or later if a process still uses the mapping.
 *
 * @param name - A CLSID, a ProgID, or the path of a module with servers, which is imported.
 * @param options - For whom the class was registered, and whether to change anything.
 * @returns The values and keys that were removed or, with `dryRun`, would be removed. The array is
 *   empty if async-com has not registered the class.
 * @throws TypeError - When an argument is wrong. The message names it.
 * @throws Error - When the module does not exist or has no servers. Also every error of the module.
 * @throws ComError - When the registry refuses access. The message names the key. Another call
 *   removes the rest. Also when another process holds the lock for too long.
 * @see https://learn.microsoft.com/en-us/windows/win32/com/localserver32
 * @example
 * await unregister('Acme.Files', { perMachine: true });
 */
export async function unregister(
  name: string,
  options: UnregisterOptions = {},
): Promise<RegistryPlace[]> {
  requireText(name, 'name');
  const { scope, dryRun } = requireOptions(options);
  const clsids = await clsidsOf(scope, name);
  let removal: Removal = { values: [], keys: [] };
  await whileLocked(scope, () => {
    const ours = clsids.flatMap((clsid) => classInRegistry(scope, clsid) ?? []);
    if (ours.length === 0) return;
    const staying = registeredClasses(scope).filter(
      ({ name: clsid }) => !ours.some((one) => isSame(one.clsid, clsid)),
    );
    const mappingIsUsed = staying.length > 0 || mappingUsers(scope).running > 0;
    removal = planRemoval([
      ...ours.flatMap((one) =>
        classEntries(scope, one).filter((entry) => isStillOurs(scope, one, entry)),
      ),
      ...(dllsOf(staying).length === 0 ? proxyStubEntries(scope, '') : []),
      ...(mappingIsUsed ? [] : asyncMappingEntries(scope)),
      // Last: if something fails before, another call still finds the class and removes the rest.
      ...ours.map(({ clsid }) => registeredClassEntry(scope, clsid, '')),
    ]);
    if (dryRun) return;
    if (mappingIsUsed && staying.length === 0) letLastUserRemoveMapping(scope);
    remove(removal);
    keepProxyStubOf(scope, staying);
  });
  return [...removal.values, ...removal.keys];
}

/**
 * Returns whether an entry still belongs to the class: another program may have taken the ProgID.
 */
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

/**
 * Registers the proxy/stub of a class that stays, if the registered one belonged to a class that
 * was removed. The DLL of that program may be deleted.
 */
function keepProxyStubOf(scope: Scope, staying: ReturnType<typeof registeredClasses>): void {
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
  // Checked last, because a ProgID may have the same form.
  if (fileForm.test(name))
    throw new Error(`there is no module ${resolve(name)}: use its CLSID or its ProgID`);
  requireClassName(name, 'name');
  return [];
}
