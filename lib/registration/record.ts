// What `register` wrote for a class. The record is the class's value in the key of registered
// classes. With it async-com knows later which values are still its own.
import {
  asyncMappingEntries,
  classEntries,
  classesKey,
  hiveOf,
  proxyStubEntries,
  registeredClassesKey,
  registeredClassEntry,
  type RegisteredTypeLibrary,
  type RegistryEntry,
  type Scope,
} from './entries.js';
import { classInRegistry } from './registered-classes.js';
import { isSame, isWithin, readKey, readText, readValue } from './registry.js';

export type ValuePlace = Pick<RegistryEntry, 'hive' | 'key' | 'name'>;

/** What `register` wrote for one class, and what was there before. */
export interface ClassRecord {
  readonly clsid: string;

  /** The path of the proxy/stub with which the class was registered, or `null`. */
  readonly proxyStub: string | null;

  /** The type library with which the class was registered, or `null`. */
  readonly typeLibrary: RegisteredTypeLibrary | null;

  /**
   * The values. While `register` works, a value may be listed twice: with the data that it had, and
   * with the data that it is to have.
   */
  readonly written: readonly RegistryEntry[];

  /** The values that `register` would have written, but somebody else had written before. */
  readonly valuesBefore: readonly ValuePlace[];

  /** The keys of the class that were there before. They stay, even if they are empty. */
  readonly keysBefore: readonly string[];
}

/** Returns the records of the classes that async-com has registered. */
export function recordsIn(scope: Scope): ClassRecord[] {
  const values = readKey(hiveOf(scope), registeredClassesKey)?.values ?? [];
  return values.map(({ name, data }) =>
    typeof data === 'string' && data.startsWith('{')
      ? parseRecord(scope, name, data)
      : recordOfEarlierVersion(scope, name, typeof data === 'string' ? data : ''),
  );
}

/** Returns the proxy/stub with which a class was registered, or `null` if there was none. */
export function proxyStubWith(scope: Scope, clsid: string): string | null {
  return recordsIn(scope).find((record) => isSame(record.clsid, clsid))?.proxyStub ?? null;
}

/** Returns the value that holds a record. */
export function recordEntry(scope: Scope, record: ClassRecord): RegistryEntry {
  const text = JSON.stringify({
    proxyStub: record.proxyStub,
    ...(record.typeLibrary === null ? {} : { typeLibrary: record.typeLibrary }),
    written: shortened(record.written),
    valuesBefore: record.valuesBefore.map(({ key, name }) => [shortKey(key), name]),
    keysBefore: record.keysBefore.map(shortKey),
  });
  return registeredClassEntry(scope, record.clsid, text);
}

/** Returns entries as a text that {@link parseEntries} reads. */
export function entriesAsText(entries: readonly RegistryEntry[]): string {
  return JSON.stringify(shortened(entries));
}

/** Reads what {@link entriesAsText} returned. Nothing if somebody has changed the text. */
export function parseEntries(scope: Scope, text: string): RegistryEntry[] {
  return lengthened(scope, parsed(text));
}

/** Returns whether one of the entries is this value with this data. */
export function lists(
  entries: readonly RegistryEntry[],
  place: ValuePlace,
  data: unknown,
): boolean {
  return entries.some((entry) => entry.data === data && isSamePlace(entry, place));
}

export function isSamePlace(one: ValuePlace, other: ValuePlace): boolean {
  return one.hive === other.hive && isSame(one.key, other.key) && isSame(one.name, other.name);
}

/**
 * Returns whether another class has taken the ProgID that a value belongs to since the class was
 * registered.
 */
export function isOfTakenProgId({ clsid, written }: ClassRecord, place: ValuePlace): boolean {
  return written.some(({ hive, key, data }) => {
    if (!/\\CLSID$/i.test(key) || !isSame(String(data), clsid)) return false;
    if (!isWithin(place.key, key.replace(/\\CLSID$/i, ''))) return false;
    return !isSame(readText(hive, key) ?? clsid, clsid);
  });
}

function shortKey(key: string): string {
  return key.slice(classesKey.length + 1);
}

function shortened(entries: readonly RegistryEntry[]): unknown {
  return entries.map(({ key, name, data }) => [shortKey(key), name, data]);
}

function lengthened(scope: Scope, list: unknown): RegistryEntry[] {
  return listOf(list).flatMap((one) => {
    const [key, name, data] = listOf(one);
    return typeof key === 'string' &&
      typeof name === 'string' &&
      (typeof data === 'string' || typeof data === 'number')
      ? { hive: hiveOf(scope), key: `${classesKey}\\${key}`, name, data }
      : [];
  });
}

/** If somebody has changed the text, nothing in the registry counts as written by async-com. */
function parseRecord(scope: Scope, clsid: string, text: string): ClassRecord {
  const record = Object(parsed(text)) as Partial<Record<string, unknown>>;
  return {
    clsid,
    proxyStub: typeof record['proxyStub'] === 'string' ? record['proxyStub'] : null,
    typeLibrary: typeLibraryIn(record['typeLibrary']),
    written: lengthened(scope, record['written']),
    valuesBefore: lengthened(
      scope,
      listOf(record['valuesBefore']).map((place) => [...listOf(place), '']),
    ).map(({ hive, key, name }) => ({ hive, key, name })),
    keysBefore: listOf(record['keysBefore']).map((key) => `${classesKey}\\${String(key)}`),
  };
}

/**
 * Returns the record of a class that version 0.1.0 has registered. That version kept only the path
 * of the proxy/stub, so whatever is in the values of the class counts as written by it.
 */
function recordOfEarlierVersion(scope: Scope, clsid: string, proxyStub: string): ClassRecord {
  const one = classInRegistry(scope, clsid);
  // That version wrote no other AppID. If the class now has one, somebody else made it.
  const ofClass = one === null ? [] : classEntries(scope, { ...one, appId: clsid });
  return {
    clsid,
    proxyStub: proxyStub === '' ? null : proxyStub,
    typeLibrary: null,
    written: [
      ...ofClass.map((entry) => ({
        ...entry,
        // Another class may have taken the ProgID.
        data: /\\CLSID$/i.test(entry.key)
          ? entry.data
          : (readValue(entry.hive, entry.key, entry.name) ?? entry.data),
      })),
      ...asyncMappingEntries(scope),
      ...(proxyStub === '' ? [] : proxyStubEntries(scope, proxyStub)),
    ],
    valuesBefore: [],
    keysBefore: [],
  };
}

/** Returns `null` if there is none, or somebody has changed what is there. */
function typeLibraryIn(value: unknown): RegisteredTypeLibrary | null {
  const one = Object(value) as Partial<RegisteredTypeLibrary>;
  const { file, folder, libid, version, language, flags, name } = one;
  const isComplete = [file, folder, libid, version, language, flags, name].every(
    (text) => typeof text === 'string',
  );
  const areIds =
    listOf(one.classes).every((id) => typeof id === 'string') &&
    listOf(one.interfaces).every((pair) => listOf(pair).length === 2);
  return isComplete && areIds ? (one as RegisteredTypeLibrary) : null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
