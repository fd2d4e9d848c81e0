import { dirname, resolve } from 'node:path';

import { valueOf } from '../errors/outcome.js';
import { native } from '../native/addon.js';
import type { RegisteredTypeLibrary } from './entries.js';
import { isSame } from './registry.js';

/** `LIBFLAG_FHASDISKIMAGE`: the library is a file. No file says so of itself. */
const hasDiskImage = 0x8;

/**
 * Reads what the registry is to have of a type library.
 *
 * @param file - The path of the file.
 * @param clsids - The classes that are registered with it. It must describe one of them.
 * @throws ComError - When the file is no type library.
 * @throws Error - When it describes none of the classes.
 */
export async function readTypeLibrary(
  file: string,
  clsids: readonly string[],
): Promise<RegisteredTypeLibrary> {
  const path = resolve(file);
  const read = valueOf(await native.readTypeLibrary(path));
  const describes = (clsid: string): boolean => read.classes.some((one) => isSame(one, clsid));
  if (!clsids.some(describes)) {
    throw new Error(`the type library describes no class of the module: ${path}`);
  }
  const hex = (number: number): string => number.toString(16);
  return {
    file: path,
    folder: dirname(path),
    libid: read.libid,
    version: `${hex(read.major)}.${hex(read.minor)}`,
    language: hex(read.lcid),
    flags: String(read.flags & ~hasDiskImage),
    name: read.help === '' ? read.name : read.help,
    classes: clsids.filter(describes),
    interfaces: read.interfaces.map(({ iid, name }) => [iid, name] as const),
  };
}
