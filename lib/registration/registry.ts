import { ComError, isFailure } from '../errors/com-error.js';
import type { Hive, RegistryKey } from '../native/registry.js';
import { native } from '../native/addon.js';
import { errorOf } from '../errors/outcome.js';
import type { Outcome } from '../native/outcome.js';
import type { RegistryEntry } from './entries.js';

/**
 * A key in the registry, or one of its values.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/sysinfo/structure-of-the-registry
 */
export interface RegistryPlace {
  /** The hive: `'HKLM'`, `'HKCU'` or `'HKCR'`. */
  readonly hive: Hive;

  /** The path of the key in the hive: `'Software\\Classes\\CLSID\\{…}'`. */
  readonly key: string;

  /**
   * The name of the value. `''` is the key's default value. Missing if the place is the key itself.
   */
  readonly name?: string;
}

/**
 * What is to be removed: first the values, then the keys, with each key before the one above it.
 */
export interface Removal {
  readonly values: readonly Required<RegistryPlace>[];
  readonly keys: readonly RegistryPlace[];
}

/** Returns a place as people write it: `HKLM\Software\Classes\… (Default)`. */
export function placeInWords({ hive, key, name }: RegistryPlace): string {
  if (name === undefined) return `${hive}\\${key}`;
  return `${hive}\\${key} ${name === '' ? '(Default)' : name}`;
}

/** Returns a value with its data, as people write it. */
export function entryInWords(
  entry: Required<RegistryPlace> & { readonly data: string | number | null },
): string {
  const { data } = entry;
  const shown = typeof data === 'number' ? `0x${data.toString(16)} (REG_DWORD)` : String(data);
  return `${placeInWords(entry)} = ${shown}`;
}

/**
 * Reads a key. Returns `null` if it does not exist.
 *
 * @throws ComError - When the registry refuses access. The message names the key.
 */
export function readKey(hive: Hive, key: string): RegistryKey | null {
  return checked(native.readRegistryKey(hive, key), { hive, key });
}

/**
 * Reads the data of a value. Returns `undefined` if the value does not exist, and `null` if it is
 * neither a REG_SZ nor a REG_DWORD.
 */
export function readValue(hive: Hive, key: string, name = ''): string | number | null | undefined {
  return readKey(hive, key)?.values.find((value) => isSame(value.name, name))?.data;
}

/**
 * Reads the text of a value. Returns `undefined` if the value does not exist or is not a REG_SZ.
 */
export function readText(hive: Hive, key: string, name = ''): string | undefined {
  const data = readValue(hive, key, name);
  return typeof data === 'string' ? data : undefined;
}

/**
 * Writes entries: all of them or, if one fails, none.
 *
 * @throws ComError - When the registry refuses access. The message names the key. Entries that were
 *   already written are undone.
 */
export function writeEntries(entries: readonly RegistryEntry[]): void {
  const undo: (() => void)[] = [];
  try {
    for (const entry of entries) {
      const { hive, key, name, data } = entry;
      const before = readValue(hive, key, name);
      const missing = missingKeys(hive, key);
      undo.push(() => {
        if (before === undefined || before === null) native.deleteRegistryValue(hive, key, name);
        else native.writeRegistryValue(hive, key, name, before);
        for (const one of missing) native.deleteEmptyRegistryKey(hive, one);
      });
      checked(native.writeRegistryValue(hive, key, name, data), { hive, key });
    }
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  }
}

/**
 * Finds out what to remove: the values of `entries` that exist, whatever their data, and the keys
 * that are empty without them, up to Software\Classes. A key with other contents stays.
 *
 * @param options - `keep`: keys that stay even if they are empty. `emptied`: keys that are removed if
 *   they are empty, besides those of `entries`.
 */
export function planRemoval(
  entries: readonly Pick<RegistryEntry, 'hive' | 'key' | 'name'>[],
  options: { readonly keep?: readonly string[]; readonly emptied?: readonly RegistryPlace[] } = {},
): Removal {
  const { keep = [], emptied = [] } = options;
  const values = entries
    .filter(({ hive, key, name }) => readValue(hive, key, name) !== undefined)
    .map(({ hive, key, name }) => ({ hive, key, name }));
  const places = new Map<string, RegistryPlace>();
  for (const { hive, key } of [...entries, ...emptied]) {
    for (let one = key; !/^(Software(\\Classes)?)?$/i.test(one); one = parentOf(one)) {
      places.set(`${hive}\\${one}`.toLowerCase(), { hive, key: one });
    }
  }
  const deepestFirst = [...places.values()].sort((a, b) => depthOf(b.key) - depthOf(a.key));
  const removedKeys = new Set<string>();
  const nameOf = (place: RegistryPlace): string => placeInWords(place).toLowerCase();
  const removedValues = new Set(values.map(nameOf));
  const keys = deepestFirst.filter(({ hive, key }) => {
    const contents = readKey(hive, key);
    const empty =
      contents !== null &&
      !keep.some((one) => isSame(one, key)) &&
      contents.values.every(({ name }) => removedValues.has(nameOf({ hive, key, name }))) &&
      contents.subkeys.every((subkey) =>
        removedKeys.has(nameOf({ hive, key: `${key}\\${subkey}` })),
      );
    if (empty) removedKeys.add(nameOf({ hive, key }));
    return empty;
  });
  return { values, keys };
}

/**
 * Removes values and keys.
 *
 * @throws ComError - When the registry refuses access. The message names the key. Another call
 *   removes the rest.
 */
export function remove({ values, keys }: Removal): void {
  for (const place of values) {
    checked(native.deleteRegistryValue(place.hive, place.key, place.name), place);
  }
  for (const place of keys) {
    checked(native.deleteEmptyRegistryKey(place.hive, place.key), place);
  }
}

/** Returns the keys that do not exist, of a key and those above it. The deepest is first. */
function missingKeys(hive: Hive, key: string): string[] {
  const missing: string[] = [];
  for (let one = key; one !== '' && readKey(hive, one) === null; one = parentOf(one)) {
    missing.push(one);
  }
  return missing;
}

export function parentOf(key: string): string {
  return key.slice(0, Math.max(key.lastIndexOf('\\'), 0));
}

function depthOf(key: string): number {
  return key.split('\\').length;
}

function checked<T>(outcome: Outcome<T>, place: RegistryPlace): T {
  if (isFailure(outcome.hresult)) {
    const { hresult, message } = errorOf(outcome);
    throw new ComError(`${placeInWords(place)}: ${message}`, { hresult });
  }
  return outcome.value as T;
}

/** Compares names in the registry, which ignores case. */
export function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** Returns whether a key is another one, or is below it. */
export function isWithin(key: string, outer: string): boolean {
  return `${key}\\`.toLowerCase().startsWith(`${outer}\\`.toLowerCase());
}
