// The asynchronous mapping in the registry: two keys by which COM finds the asynchronous form of
// IMethodCall. Registered servers need it, and so does a running verification. It is removed when
// nobody needs it any more.
import { valueOf } from '../errors/outcome.js';
import { native } from '../native/addon.js';
import { processToken } from '../security/thread-token.js';
import { asyncMappingEntries, bookKey, hiveOf, mappingUsersKey, methodCallIid } from './entries.js';
import type { Scope } from './entries.js';
import { planRemoval, readKey, readText, readValue, remove, writeEntries } from './registry.js';
import { scopeThatIsRead } from './scope.js';

/** How long a process may have to wait for others that change the mapping, in milliseconds. */
const lockTimeout = 10_000;

/** In the key of the users: a verification wrote the mapping, so the last user removes it. */
const writtenForUsers = 'WrittenForUsers';

/** Whether COM finds the asynchronous form of IMethodCall. Without it every call takes the bridge. */
export async function hasAsyncMapping(): Promise<boolean> {
  const key = `Interface\\${methodCallIid}\\AsynchronousInterface`;
  const text =
    (await scopeThatIsRead()) === 'user'
      ? readText('HKCR', key)
      : readText('HKLM', `Software\\Classes\\${key}`);
  return text !== undefined;
}

/**
 * Uses the mapping in this process. Writes it where COM reads it for this process, if nobody has.
 *
 * @returns A function that ends the use, at once. It may be called while the process exits.
 * @throws ComError - The registry refused, or another process has held the lock for too long.
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
    sweepUsers(scope);
    const entries = asyncMappingEntries(scope);
    const written = entries.every(({ key, name }) => readValue(hive, key, name) !== undefined);
    writeEntries([
      me,
      ...(written ? [] : entries),
      ...(written ? [] : [{ hive, key: mappingUsersKey, name: writtenForUsers, data: 1 }]),
    ]);
  });
  return () => {
    lock(() => {
      remove(planRemoval([me]));
      removeUnused(scope);
    });
  };
}

/** Changes registrations while no other process of async-com does. */
export async function whileLocked(scope: Scope, change: () => void): Promise<void> {
  const lock = await mappingLock(scope);
  lock(change);
}

/** Has the last process that uses the mapping remove it: the last server is no longer registered. */
export function leaveToUsers(scope: Scope): void {
  writeEntries([{ hive: hiveOf(scope), key: mappingUsersKey, name: writtenForUsers, data: 1 }]);
}

/** Removes the mapping if a verification wrote it and neither a process nor a server needs it. */
function removeUnused(scope: Scope): void {
  if (sweepUsers(scope) > 0) return;
  const hive = hiveOf(scope);
  const ours = readValue(hive, mappingUsersKey, writtenForUsers) !== undefined;
  remove(
    planRemoval([
      { hive, key: mappingUsersKey, name: writtenForUsers },
      ...(ours && readKey(hive, bookKey) === null ? asyncMappingEntries(scope) : []),
    ]),
  );
}

/** Removes the users that have ended, and returns the number of the others. */
export function sweepUsers(scope: Scope): number {
  const hive = hiveOf(scope);
  const users = (readKey(hive, mappingUsersKey)?.values ?? []).filter(
    ({ name }) => name !== writtenForUsers,
  );
  const ended = users.filter(({ name, data }) => {
    const start = native.processStart(Number(name));
    return start === null || (start !== 0n && String(start) !== data);
  });
  remove(planRemoval(ended.map(({ name }) => ({ hive, key: mappingUsersKey, name }))));
  return users.length - ended.length;
}

/** A function that runs another one while no other process changes the mapping of this scope. */
async function mappingLock(scope: Scope): Promise<(body: () => void) => void> {
  const whose = scope === 'machine' ? scope : (await processToken()).user.sid;
  // 'Global': an account may have several sessions.
  const name = `Global\\async-com mapping of ${whose}`;
  return (body) => {
    valueOf(native.withNamedMutex(name, lockTimeout, body));
  };
}
