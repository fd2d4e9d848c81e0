// The asynchronous mapping in the registry: two keys with which COM finds the asynchronous form of
// IMethodCall. Registered servers need it, and so does a running verification. async-com removes it
// when nobody needs it any more.
import { errorOf } from '../errors/outcome.js';
import { native } from '../native/addon.js';
import { processToken } from '../security/thread-token.js';
import {
  asyncMappingEntries,
  hiveOf,
  mappingUsersKey,
  methodCallIid,
  registeredClassesKey,
} from './entries.js';
import type { RegistryEntry, Scope } from './entries.js';
import { entriesAsText, parseEntries } from './record.js';
import { planRemoval, readKey, readText, readValue, remove, writeEntries } from './registry.js';
import { scopeThatIsRead } from './scope.js';

type Entry = Pick<RegistryEntry, 'hive' | 'key' | 'name'>;

/** How long a process waits at most for others that change the mapping, in milliseconds. */
const lockTimeout = 10_000;

/**
 * The name of a value in the key of the users. Its data lists the values of the mapping that were
 * written for them: the last user removes these. (1, from version 0.1.0, means all of them.)
 */
const writtenForUsers = 'WrittenForUsers';

/**
 * Returns whether COM finds the asynchronous form of IMethodCall. If not, every call takes the
 * bridge.
 */
export async function hasAsyncMapping(): Promise<boolean> {
  const key = `Interface\\${methodCallIid}\\AsynchronousInterface`;
  const text =
    (await scopeThatIsRead()) === 'user'
      ? readText('HKCR', key)
      : readText('HKLM', `Software\\Classes\\${key}`);
  return text !== undefined;
}

/**
 * Registers this process as a user of the mapping. If the mapping does not exist yet, writes it
 * where COM reads it for this process.
 *
 * @returns A function that ends the use. It runs synchronously and may be called while the process
 *   exits.
 * @throws ComError - When the registry refuses access, or another process holds the lock for too
 *   long.
 */
export async function useAsyncMapping(): Promise<() => void> {
  const scope = await scopeThatIsRead();
  const lock = await mappingLock(scope);
  const hive = hiveOf(scope);
  const me = {
    hive,
    key: mappingUsersKey,
    name: String(process.pid),
    data: String(native.processStart(process.pid)),
  };
  lock(() => {
    remove(planRemoval(mappingUsers(scope).ended));
    const missing = asyncMappingEntries(scope).filter(
      ({ key, name }) => readValue(hive, key, name) === undefined,
    );
    const written = [...mappingForUsers(scope), ...missing];
    // The list is written before what it lists. If this process dies between the two, the next user
    // removes what was written.
    writeEntries([
      me,
      ...(missing.length === 0 ? [] : [mappingForUsersEntry(scope, written)]),
      ...missing,
    ]);
  });
  return () => {
    lock(() => {
      remove(planRemoval([me]));
      removeUnused(scope);
    });
  };
}

/**
 * Changes registrations while no other process of async-com changes them.
 *
 * @returns What `change` returns.
 * @throws ComError - When another process holds the lock for too long.
 */
export async function whileLocked<T>(scope: Scope, change: () => T): Promise<T> {
  const lock = await mappingLock(scope);
  return lock(change);
}

/** Returns the values of the mapping that were written for processes, whatever they hold now. */
export function mappingForUsers(scope: Scope): RegistryEntry[] {
  const list = readValue(hiveOf(scope), mappingUsersKey, writtenForUsers);
  if (typeof list === 'string') return parseEntries(scope, list);
  return list === undefined ? [] : asyncMappingEntries(scope);
}

/**
 * Returns the value that lists what of the mapping was written for processes. With it, the last
 * process that uses the mapping removes it, also when a server needed it before.
 */
export function mappingForUsersEntry(
  scope: Scope,
  written: readonly RegistryEntry[],
): RegistryEntry {
  const data = entriesAsText(written);
  return { hive: hiveOf(scope), key: mappingUsersKey, name: writtenForUsers, data };
}

/**
 * Removes the mapping if it was there only for the processes that used it, and neither a process
 * nor a registered server needs it any more.
 */
function removeUnused(scope: Scope): void {
  const { running, ended } = mappingUsers(scope);
  remove(planRemoval(running > 0 ? ended : [...ended, ...unusedMapping(scope)]));
}

/** What of the mapping is to be removed when its last user has ended. */
function unusedMapping(scope: Scope): Entry[] {
  const hive = hiveOf(scope);
  const isForServers = (readKey(hive, registeredClassesKey)?.values ?? []).length > 0;
  const written = isForServers ? [] : mappingForUsers(scope);
  return [
    ...written.filter(({ key, name, data }) => {
      const now = readValue(hive, key, name);
      return now === undefined || now === data;
    }),
    // Last: if this process dies before, the next user finds the list and removes the rest.
    { hive, key: mappingUsersKey, name: writtenForUsers },
  ];
}

/** The processes that use the mapping, as values of the registry. */
export function mappingUsers(scope: Scope): { readonly running: number; readonly ended: Entry[] } {
  const hive = hiveOf(scope);
  const users = (readKey(hive, mappingUsersKey)?.values ?? []).filter(
    ({ name }) => name !== writtenForUsers,
  );
  const ended = users.filter(({ name, data }) => {
    const start = native.processStart(Number(name));
    return start === null || (start !== 0n && String(start) !== data);
  });
  return {
    running: users.length - ended.length,
    ended: ended.map(({ name }) => ({ hive, key: mappingUsersKey, name })),
  };
}

/**
 * Makes a function that runs another one while no other process changes the mapping of this scope.
 */
async function mappingLock(scope: Scope): Promise<<T>(body: () => T) => T> {
  const whose = scope === 'machine' ? scope : (await processToken()).user.sid;
  // 'Global' because an account may have several sessions.
  const name = `Global\\async-com mapping of ${whose}`;
  return <T>(body: () => T): T => {
    let result: { readonly of: T } | undefined;
    const locked = native.withNamedMutex(name, lockTimeout, () => {
      result = { of: body() };
    });
    if (result === undefined) throw errorOf(locked);
    return result.of;
  };
}
