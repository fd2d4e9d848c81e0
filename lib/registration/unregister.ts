import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { requireText } from '../errors/arguments.js';
import { importServers } from '../server/server-module.js';
import { isClsid, isProgId, requireClassName } from '../value/identifiers.js';
import { whileLocked } from './async-mapping.js';
import { type LeftValue, make, planUnregistration } from './changes.js';
import { hiveOf, progIdKey, type Scope } from './entries.js';
import { requireOptions, type UnregisterOptions } from './options.js';
import { type ClassRecord, recordsIn } from './record.js';
import { isSame, readText, type RegistryPlace } from './registry.js';
import { withLists } from './with-lists.js';

/** A string with this form is a path or the file name of a module. */
const fileForm = /[\\/]|\.[cm]?[jt]s$/i;

/** What {@link unregister} removed: an array of registry values and keys, with another list. */
export interface Unregistration extends Array<RegistryPlace> {
  /** The values that stay, because they do not hold what {@link register} wrote. */
  readonly left: readonly LeftValue[];
}

/**
 * Removes what {@link register} wrote, and nothing else: a value that somebody has changed or had
 * written before stays, and so does a key in which another program has written something. The
 * entries of the proxy/stub are removed with the last class that was registered with one. Those of
 * the asynchronous mapping are removed with the last class of async-com, or later if a process
 * still uses the mapping.
 *
 * @param name - A CLSID, a ProgID, or the path of a module with servers, which is imported.
 * @param options - For whom the class was registered, and whether to change anything.
 * @returns The values and keys that were removed or, with `dryRun`, would be removed. The array is
 *   empty if async-com has not registered the class. Its property `left` lists the values that stay,
 *   because somebody has changed them or had written them before.
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
): Promise<Unregistration> {
  requireText(name, 'name');
  const { scope, dryRun } = requireOptions(options);
  const clsids = await clsidsOf(scope, name);
  const { removal, lastRemoval, left } = await whileLocked(scope, () => {
    const changes = planUnregistration(scope, clsids);
    if (!dryRun) make(changes);
    return changes;
  });
  const removed: RegistryPlace[] = [
    ...removal.values,
    ...lastRemoval.values,
    ...removal.keys,
    ...lastRemoval.keys,
  ];
  return withLists(removed, { left });
}

async function clsidsOf(scope: Scope, name: string): Promise<string[]> {
  if (isClsid(name)) return [name];
  if (existsSync(name)) return (await importServers(name)).servers.map(({ clsid }) => clsid);
  if (isProgId(name)) {
    const key = `${progIdKey(name)}\\CLSID`;
    const clsid = readText(hiveOf(scope), key);
    if (clsid !== undefined) return [clsid];
    // An interrupted call may have removed the ProgID already.
    const isIts = ({ written }: ClassRecord): boolean =>
      written.some((entry) => isSame(entry.key, key));
    const found = recordsIn(scope).find(isIts);
    if (found !== undefined) return [found.clsid];
  }
  // Checked last, because a ProgID may have the same form.
  if (fileForm.test(name))
    throw new Error(`there is no module ${resolve(name)}: use its CLSID or its ProgID`);
  requireClassName(name, 'name');
  return [];
}
