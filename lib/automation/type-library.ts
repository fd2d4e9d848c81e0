import { createHash } from 'node:crypto';

import { requireClsid } from '../value/identifiers.js';
import { type Enumeration, requireIdentifier } from '../value/types.js';
import type { ClassDescription, MemberDescription } from './description.js';

/** What a type library says: its own name and ids, and the classes that it describes. */
export interface TypeLibraryDescription {
  /** The name by which programs refer to the library: an identifier. */
  readonly name: string;
  /** The id of the library, in braces. */
  readonly libid: string;
  /** The major and the minor version, each from 0 to 65535. */
  readonly version: readonly [major: number, minor: number];
  /** What tools show for the library. Empty if there is nothing. */
  readonly help: string;
  /** The language of the names. Always 0: of no language. */
  readonly lcid: 0;
  readonly classes: readonly ClassDescription[];
}

/** The options of {@link describeTypeLibrary}. */
export interface TypeLibraryOptions {
  /** Default: the name of the first class, and `Lib`. */
  readonly name?: string;
  /** Default: an id that is made from the id of the first class, always the same. */
  readonly libid?: string;
  /** Default: 1.0. */
  readonly version?: readonly [major: number, minor: number];
  /** Default: the name of the library. */
  readonly help?: string;
}

/** The number of the default member. */
export const dispidOfDefault = 0;

/** The number of the member that enumerates, `DISPID_NEWENUM`. */
export const dispidOfEnumerator = -4;

/** The name space of the ids that async-com makes. It must never change. */
const namespace = 'd0c2ae70-6b63-4b6e-9f0b-5c3a2f4d8e11';

/** The names that a type library takes from stdole2.tlb. */
const importedNames = ['IUnknown', 'IDispatch'];

/**
 * Returns an id that is made from another one. The same arguments always give the same id: a UUID of
 * version 5.
 *
 * @param clsid - The id that it is made from, in braces.
 * @param what - What the id is for: `'interface'`.
 * @returns The id, in braces.
 * @see https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-5
 */
export function derivedId(clsid: string, what: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(`${clsid.toUpperCase()} ${what}`)
    .digest()
    .subarray(0, 16);
  hash.writeUInt8((hash.readUInt8(6) & 0x0f) | 0x50, 6);
  hash.writeUInt8((hash.readUInt8(8) & 0x3f) | 0x80, 8);
  const hex = hash.toString('hex').toUpperCase();
  const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return `{${[...parts, hex.slice(20)].join('-')}}`;
}

/**
 * Describes a type library for classes. Gives each class a name of its own, which is an identifier.
 *
 * @throws TypeError - When a class or an option cannot be described. The message names it: the class,
 *   the member, the parameter.
 */
export function describeTypeLibrary(
  classes: readonly ClassDescription[],
  options: TypeLibraryOptions = {},
): TypeLibraryDescription {
  const [first] = classes;
  if (first === undefined) throw new TypeError('a type library must have a class');
  for (const one of classes) requireDescribable(one);
  requireDistinctIds(classes);
  const enumerations = enumerationsOf(classes);
  const taken = new Set([...importedNames, ...enumerations.map(({ name }) => name)].map(lower));
  if (options.name !== undefined) {
    requireIdentifier(options.name, 'options.name');
    requireFree(taken, options.name);
  }
  const named = classes.map((one) => ({ ...one, name: freeName(taken, one.name) }));
  const name = options.name ?? freeName(taken, `${named[0]?.name ?? ''}Lib`);
  const { libid = derivedId(first.clsid ?? first.iid, 'library'), version = [1, 0] } = options;
  requireClsid(libid, 'options.libid');
  requireVersion(version);
  return { name, libid, version, help: options.help ?? name, lcid: 0, classes: named };
}

/** Returns the name of the interface (a dispinterface) of a class. */
export function interfaceNameOf({ name, clsid }: ClassDescription): string {
  return clsid === null ? name : `_${name}`;
}

/**
 * Returns the enumerations that the members of classes use. A name stands for one enumeration.
 *
 * @throws TypeError - When two enumerations have the same name and different members.
 */
export function enumerationsOf(classes: readonly ClassDescription[]): Enumeration[] {
  const found = new Map<string, { readonly one: Enumeration; readonly at: string }>();
  for (const described of classes) {
    for (const member of described.members) {
      const types = [member.type, ...(member.parameters ?? []).map(({ type }) => type)];
      for (const one of types.flatMap((type) => type?.enumeration ?? [])) {
        const at = `${described.name}.${member.name}`;
        const before = found.get(lower(one.name));
        if (before === undefined) found.set(lower(one.name), { one, at });
        else if (before.one.name !== one.name || !isSameEnumeration(before.one, one)) {
          throw new TypeError(
            `the enumeration ${one.name} of ${at} is not that of ${before.at}: ` +
              'give one of them another name, or the same members',
          );
        }
      }
    }
  }
  return [...found.values()].map(({ one }) => one);
}

function isSameEnumeration(one: Enumeration, other: Enumeration): boolean {
  const asText = ({ members }: Enumeration): string => JSON.stringify(Object.entries(members));
  return asText(one) === asText(other);
}

function requireDescribable({ name, clsid, iid, members }: ClassDescription): void {
  if (clsid !== null) requireClsid(clsid, `the clsid of ${name}`);
  requireClsid(iid, `the iid of ${name}`);
  const names = new Map<string, string>();
  const dispids = new Map<number, string>();
  for (const member of members) {
    const at = `${name}.${member.name}`;
    requireIdentifier(member.name, `the name of ${at}`);
    const sameName = names.get(lower(member.name));
    if (sameName !== undefined) {
      throw new TypeError(`${at} has the name of ${sameName}: type libraries ignore case`);
    }
    names.set(lower(member.name), at);
    requireDispid(member.dispid, at);
    const sameDispid = dispids.get(member.dispid);
    if (sameDispid !== undefined) {
      throw new TypeError(`${at} has the DISPID of ${sameDispid}, ${String(member.dispid)}`);
    }
    dispids.set(member.dispid, at);
    requireParameters(member, at);
    requireAccess(member, at);
    requireNoNull(member.help, `the help of ${at}`);
  }
}

function requireDispid(dispid: number, at: string): void {
  // -1 means an unknown name, -3 the argument of a property that is assigned.
  if (!Number.isInteger(dispid) || Math.abs(dispid) > 0x7fffffff || [-1, -3].includes(dispid)) {
    throw new TypeError(
      `the DISPID of ${at} must be a 32-bit integer other than -1 and -3; got ${String(dispid)}`,
    );
  }
}

function requireParameters({ parameters, dispid }: MemberDescription, at: string): void {
  if (dispid === dispidOfEnumerator && (parameters ?? []).length > 0) {
    throw new TypeError(`${at} is the enumerator, which has no parameters`);
  }
  const names = new Set<string>();
  let optional = '';
  for (const parameter of parameters ?? []) {
    const what = `the parameter ${parameter.name} of ${at}`;
    requireIdentifier(parameter.name, `the name of ${what}`);
    if (names.has(lower(parameter.name))) throw new TypeError(`${what} is there twice`);
    names.add(lower(parameter.name));
    if (parameter.optional) optional = parameter.name;
    else if (optional !== '') {
      throw new TypeError(`${what} must be optional, because ${optional} before it is`);
    }
  }
}

function requireAccess({ kind, readable, writable }: MemberDescription, at: string): void {
  if (kind === 'property' && !readable && !writable) {
    throw new TypeError(`${at} is a property that can be neither read nor written`);
  }
}

function requireNoNull(text: string, what: string): void {
  if (text.includes('\0')) throw new TypeError(`${what} must not contain null characters`);
}

function requireDistinctIds(classes: readonly ClassDescription[]): void {
  const owners = new Map<string, string>();
  for (const { name, clsid, iid } of classes) {
    for (const [id, owner] of [
      [clsid, `the clsid of ${name}`],
      [iid, `the iid of ${name}`],
    ] as const) {
      if (id === null) continue;
      const other = owners.get(lower(id));
      if (other !== undefined) throw new TypeError(`${owner} is ${other}, too: ${id}`);
      owners.set(lower(id), owner);
    }
  }
}

function requireVersion(version: readonly number[]): void {
  const isPart = (part: number): boolean => Number.isInteger(part) && part >= 0 && part <= 0xffff;
  if (!Array.isArray(version) || version.length !== 2 || !version.every(isPart)) {
    throw new TypeError('options.version must be two whole numbers from 0 to 65535');
  }
}

function requireFree(taken: Set<string>, name: string): void {
  if (taken.has(lower(name))) {
    throw new TypeError(`options.name must not be the name of something in the library: ${name}`);
  }
  taken.add(lower(name));
}

/** Returns a name that nothing has yet, and that the name of an interface can be made from. */
function freeName(taken: Set<string>, wanted: string): string {
  const identifier = wanted.replaceAll(/[^A-Za-z0-9_]/g, '_').replace(/^(?![A-Za-z])/, 'C');
  const start = identifier.slice(0, 240);
  for (let number = 1; ; ++number) {
    const name = number === 1 ? start : `${start}${String(number)}`;
    const both = [name, `_${name}`].map(lower);
    if (both.some((one) => taken.has(one))) continue;
    for (const one of both) taken.add(one);
    return name;
  }
}

const lower = (text: string): string => text.toLowerCase();
