// Decides what `register` and `unregister` change. Both touch only values that are missing, or that
// still hold what async-com wrote.
import { mappingForUsers, mappingForUsersEntry, mappingUsers } from './async-mapping.js';
import {
  asyncMappingEntries,
  classEntries,
  classesKey,
  everyProxyStubEntry,
  hiveOf,
  proxyStubEntries,
  registeredClassEntry,
  registeredClassesKey,
  type RegisteredClass,
  type RegisteredTypeLibrary,
  type RegistryEntry,
  type Scope,
  typeLibraryEntries,
  typeLibraryOfClassEntries,
} from './entries.js';
import {
  type ClassRecord,
  isOfTakenProgId,
  isSamePlace,
  lists,
  recordEntry,
  recordsIn,
  type ValuePlace,
} from './record.js';
import {
  entryInWords,
  isSame,
  isWithin,
  parentOf,
  planRemoval,
  readKey,
  readValue,
  type RegistryPlace,
  type Removal,
  remove,
  writeEntries,
} from './registry.js';

/**
 * A value that {@link register} or {@link unregister} leaves as it is, because it does not hold what
 * `register` wrote.
 */
export interface LeftValue extends Omit<RegistryEntry, 'data'> {
  /** The data of the value. `null` if it is neither a `REG_SZ` nor a `REG_DWORD`. */
  readonly data: string | number | null;

  /**
   * Why the value is left. `'there before'`: it existed before the class was registered.
   * `'changed'`: somebody has changed it since, or another class has taken the ProgID that it
   * belongs to.
   */
  readonly reason: 'there before' | 'changed';
}

/** A class that is to be registered, the path of its proxy/stub, and its type library. */
export interface Coming {
  readonly one: RegisteredClass;
  readonly proxyStub: string | null;
  readonly typeLibrary: RegisteredTypeLibrary | null;
}

/** What is to be changed, in this order. If a process dies between two steps, another repeats it. */
export interface Changes {
  /** The records, with what they list now and what they are to list. */
  readonly announced: readonly RegistryEntry[];

  /** The values to write. */
  readonly values: readonly RegistryEntry[];

  /** What is to be removed before the records of classes. */
  readonly removal: Removal;

  /** The records of the classes that are registered. */
  readonly records: readonly RegistryEntry[];

  /** The records of the classes that are not registered any more, and their keys. */
  readonly lastRemoval: Removal;

  /** What stays as it is. */
  readonly left: readonly LeftValue[];
}

/**
 * Plans the registration of classes, which may be registered already.
 *
 * @throws Error - When somebody has changed a value that `register` wrote for one of the classes. The
 *   message names it.
 */
export function planRegistration(scope: Scope, coming: readonly Coming[]): Changes {
  const all = recordsIn(scope);
  const isComing = ({ clsid }: ClassRecord): boolean =>
    coming.some(({ one }) => isSame(one.clsid, clsid));
  const earlier = all.filter(isComing);
  const ours = oursIn(scope, all);
  const left: LeftValue[] = [];
  const records = coming.map(({ one, proxyStub, typeLibrary }) => {
    const before = earlier.find(({ clsid }) => isSame(clsid, one.clsid));
    const wanted = wantedEntries(scope, { one, proxyStub, typeLibrary });
    const mine = wanted.filter((entry) => isToBeWritten(entry, ours, before?.written ?? []));
    const others = wanted.filter((entry) => !mine.includes(entry));
    left.push(...others.flatMap((entry) => leftValue(entry, all)));
    return {
      clsid: one.clsid,
      proxyStub,
      typeLibrary,
      written: mine,
      valuesBefore: others,
      keysBefore: keysBefore(
        [...classEntries(scope, one), ...ofTypeLibrary(scope, one.clsid, typeLibrary)],
        before,
      ),
    };
  });
  const values = unique(records.flatMap(({ written }) => written));
  const released = release(scope, earlier, all, records);
  return {
    announced: [
      ...records.map((record) => {
        const before = earlier.find(({ clsid }) => isSame(clsid, record.clsid));
        const written = [...record.written, ...(before?.written ?? [])];
        return recordEntry(scope, { ...record, written: uniqueWithData(written) });
      }),
      ...released.announced,
    ],
    values: [...values, ...released.values],
    removal: planRemoval(released.removed, { keep: earlier.flatMap(keysBeforeOf) }),
    records: records.map((record) => recordEntry(scope, record)),
    lastRemoval: nothing,
    left: unique([...left, ...released.left]),
  };
}

/** Plans the removal of classes. */
export function planUnregistration(scope: Scope, clsids: readonly string[]): Changes {
  const all = recordsIn(scope);
  const leaving = all.filter(({ clsid }) => clsids.some((one) => isSame(one, clsid)));
  const released = release(scope, leaving, all, []);
  const records = leaving.map(({ clsid }) => registeredClassEntry(scope, clsid, ''));
  const plan = planRemoval([...released.removed, ...records], {
    keep: leaving.flatMap(keysBeforeOf),
    // After an interruption this key may be there without any class.
    emptied: [{ hive: hiveOf(scope), key: registeredClassesKey }],
  });
  const isLast = ({ key }: RegistryPlace): boolean => isWithin(registeredClassesKey, key);
  return {
    announced: released.announced,
    values: released.values,
    removal: {
      values: plan.values.filter((place) => !isLast(place)),
      keys: plan.keys.filter((place) => !isLast(place)),
    },
    records: [],
    lastRemoval: { values: plan.values.filter(isLast), keys: plan.keys.filter(isLast) },
    left: released.left,
  };
}

/**
 * Makes changes.
 *
 * @throws ComError - When the registry refuses access. The message names the key.
 */
export function make({ announced, values, removal, records, lastRemoval }: Changes): void {
  writeEntries([...announced, ...values]);
  remove(removal);
  writeEntries(records);
  remove(lastRemoval);
}

const nothing: Removal = { values: [], keys: [] };

/** Every value that async-com has written in this scope, with the data that it has written. */
function oursIn(scope: Scope, records: readonly ClassRecord[]): RegistryEntry[] {
  return [...records.flatMap(({ written }) => written), ...mappingForUsers(scope)];
}

function wantedEntries(scope: Scope, { one, proxyStub, typeLibrary }: Coming): RegistryEntry[] {
  return [
    ...(proxyStub === null ? [] : proxyStubEntries(scope, proxyStub)),
    ...asyncMappingEntries(scope),
    ...ofTypeLibrary(scope, one.clsid, typeLibrary),
    ...classEntries(scope, one),
  ];
}

function ofTypeLibrary(
  scope: Scope,
  clsid: string,
  typeLibrary: RegisteredTypeLibrary | null,
): RegistryEntry[] {
  if (typeLibrary === null) return [];
  return [
    ...typeLibraryEntries(scope, typeLibrary),
    ...typeLibraryOfClassEntries(scope, clsid, typeLibrary),
  ];
}

/** Returns whether a value is missing, or still holds what async-com wrote. */
function isToBeWritten(
  entry: RegistryEntry,
  ours: readonly RegistryEntry[],
  before: readonly RegistryEntry[],
): boolean {
  const now = readValue(entry.hive, entry.key, entry.name);
  if (now === undefined || lists(ours, entry, now)) return true;
  if (now !== entry.data && before.some((one) => isSamePlace(one, entry))) {
    throw new Error(
      `somebody has changed a value that async-com wrote: ${entryInWords({ ...entry, data: now })}. ` +
        'If it is not needed, remove it, and register again',
    );
  }
  return false;
}

/** Returns the keys of a class that somebody else has made, up to those that list all classes. */
function keysBefore(entries: readonly RegistryEntry[], before: ClassRecord | undefined): string[] {
  const keys = new Set<string>();
  for (const { hive, key } of entries) {
    for (let one = key; !isContainer(one); one = parentOf(one)) {
      const isOurs =
        before?.written.some((entry) => isWithin(entry.key, one)) === true &&
        !before.keysBefore.some((other) => isSame(other, one));
      if (!isOurs && readKey(hive, one) !== null) keys.add(one);
    }
  }
  return [...keys];
}

function isContainer(key: string): boolean {
  const names = ['', '\\CLSID', '\\AppID', '\\Interface', '\\TypeLib'];
  return [classesKey, `${classesKey}\\Wow6432Node`].some((classes) =>
    names.some((name) => isSame(key, `${classes}${name}`)),
  );
}

interface Released {
  readonly announced: RegistryEntry[];
  readonly values: RegistryEntry[];
  readonly removed: ValuePlace[];
  readonly left: LeftValue[];
}

/**
 * Finds out what becomes of the values of classes that are removed, or are registered in another
 * way: they are removed, left, or handed on to those who need them still.
 *
 * @param leaving - The records of these classes.
 * @param all - The records of all classes.
 * @param next - What the records of classes that are registered again will be.
 */
function release(
  scope: Scope,
  leaving: readonly ClassRecord[],
  all: readonly ClassRecord[],
  next: readonly ClassRecord[],
): Released {
  const ours = oursIn(scope, all);
  const staying = all.filter((record) => !leaving.includes(record));
  const released: Released = { announced: [], values: [], removed: [], left: [] };
  const handedOn = new Map<ClassRecord, RegistryEntry[]>();
  const handedToUsers: RegistryEntry[] = [];
  const usersStay = mappingUsers(scope).running > 0;
  for (const record of leaving) {
    for (const place of unique([...record.written, ...record.valuesBefore])) {
      const isWanted = ({ written, valuesBefore }: ClassRecord): boolean =>
        [...written, ...valuesBefore].some((one) => isSamePlace(one, place));
      if (next.some(isWanted)) continue;
      const data = readValue(place.hive, place.key, place.name);
      const isOurs =
        data === undefined || (lists(ours, place, data) && !isOfTakenProgId(record, place));
      const isMapping = asyncMappingEntries(scope).some((one) => isSamePlace(one, place));
      const heir = isShared(scope, record, place)
        ? staying.find((one) => needs(scope, one, place))
        : null;
      if (heir != null) {
        // Another class needs the value, and will remove it.
        const its = heirsEntry(scope, heir, place);
        if (data === undefined || !isOurs || lists(staying.flatMap(writtenOf), place, data))
          continue;
        released.values.push(its);
        if (!lists(heir.written, its, its.data)) {
          handedOn.set(heir, [...(handedOn.get(heir) ?? []), its]);
        }
      } else if (!isOurs) {
        released.left.push(...leftValue(place, leaving));
      } else if (isMapping && usersStay) {
        if (typeof data === 'string') handedToUsers.push({ ...place, data });
      } else released.removed.push(place);
    }
  }
  for (const [heir, entries] of handedOn) {
    const written = uniqueWithData([...heir.written, ...entries]);
    released.announced.push(recordEntry(scope, { ...heir, written }));
  }
  if (handedToUsers.length > 0) {
    const written = uniqueWithData([...mappingForUsers(scope), ...handedToUsers]);
    released.announced.push(mappingForUsersEntry(scope, written));
  }
  return { ...released, values: unique(released.values), left: unique(released.left) };
}

const writtenOf = ({ written }: ClassRecord): readonly RegistryEntry[] => written;
const keysBeforeOf = ({ keysBefore }: ClassRecord): readonly string[] => keysBefore;

/** Returns whether a value serves other classes than that of its record, too. */
function isShared(scope: Scope, record: ClassRecord, place: ValuePlace): boolean {
  return [...sharedEntries(scope, record), ...everyProxyStubEntry(scope)].some((one) =>
    isSamePlace(one, place),
  );
}

function needs(scope: Scope, record: ClassRecord, place: ValuePlace): boolean {
  return sharedEntries(scope, record).some((one) => isSamePlace(one, place));
}

/** The entries that a class has in common with others. */
function sharedEntries(scope: Scope, { proxyStub, typeLibrary }: ClassRecord): RegistryEntry[] {
  const ofProxyStub = proxyStub === null ? [] : proxyStubEntries(scope, proxyStub);
  const ofLibrary = typeLibrary === null ? [] : typeLibraryEntries(scope, typeLibrary);
  return [...asyncMappingEntries(scope), ...ofProxyStub, ...ofLibrary];
}

/** The value as a class needs it. The proxy/stub of a program that is removed may be deleted. */
function heirsEntry(scope: Scope, heir: ClassRecord, place: ValuePlace): RegistryEntry {
  const entry = sharedEntries(scope, heir).find((one) => isSamePlace(one, place));
  if (entry === undefined) throw new Error(`not a shared value: ${place.key}`);
  return entry;
}

function leftValue(place: ValuePlace, records: readonly ClassRecord[]): LeftValue[] {
  const { hive, key, name } = place;
  const data = readValue(hive, key, name);
  if (data === undefined) return [];
  const isChanged = records.some(({ written }) => written.some((one) => isSamePlace(one, place)));
  return [{ hive, key, name, data, reason: isChanged ? 'changed' : 'there before' }];
}

function unique<T extends ValuePlace>(places: readonly T[]): T[] {
  return uniqueBy(places, ({ hive, key, name }) => `${hive}\\${key}\n${name}`.toLowerCase());
}

function uniqueWithData(entries: readonly RegistryEntry[]): RegistryEntry[] {
  return uniqueBy(entries, ({ hive, key, name, data }) =>
    JSON.stringify([hive, key.toLowerCase(), name.toLowerCase(), data]),
  );
}

/** Returns the first of the values with the same text. */
function uniqueBy<T>(values: readonly T[], textOf: (value: T) => string): T[] {
  const first = new Map<string, T>();
  for (const value of values) {
    const text = textOf(value);
    if (!first.has(text)) first.set(text, value);
  }
  return [...first.values()];
}
