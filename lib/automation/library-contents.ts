// What a type library contains, down to each function. Both forms of a library are made from this:
// the .tlb file (native/automation) and the text in IDL.
import type { NativeFunction, NativeParameter, NativeTypeLibrary } from '../native/type-library.js';
import { arrayFlag, t, type Type } from '../value/types.js';
import type { ClassDescription, MemberDescription, ParameterDescription } from './description.js';
import {
  derivedId,
  dispidOfEnumerator,
  enumerationsOf,
  interfaceNameOf,
  type TypeLibraryDescription,
} from './type-library.js';

/** `VT_UNKNOWN`. Only the enumerator returns it. */
export const unknownVartype = 13;

/** The types of parameters that may have a default value in a type library. */
const withDefaults = [
  'boolean',
  'int16',
  'int32',
  'uint8',
  'uint16',
  'uint32',
  'float32',
  'float64',
  'string',
];

/**
 * Returns the contents of a type library.
 *
 * @throws TypeError - When a default value is not of the parameter's type. The message names the
 *   parameter.
 */
export function contentsOf(library: TypeLibraryDescription): NativeTypeLibrary {
  const { name, libid, version, help, lcid, classes } = library;
  return {
    name,
    libid,
    major: version[0],
    minor: version[1],
    lcid,
    help,
    enumerations: enumerationsOf(classes).map((one) => ({
      name: one.name,
      id: derivedId(libid, `enumeration ${one.name}`),
      members: Object.entries(one.members).map(([member, value]) => ({ name: member, value })),
    })),
    classes: classes.map((one) => ({
      name: one.name,
      clsid: one.clsid,
      interfaceName: interfaceNameOf(one),
      iid: one.iid,
      help: one.help,
      functions: one.members.flatMap((member) => functionsOf(one, member)),
    })),
  };
}

function functionsOf(one: ClassDescription, member: MemberDescription): NativeFunction[] {
  const { name, dispid, kind, type, help } = member;
  const common = {
    name,
    dispid,
    help,
    hidden: member.hidden,
    restricted: false,
    vararg: false,
    parameters: (member.parameters ?? []).map((parameter) =>
      parameterOf(parameter, `${one.name}.${name}(${parameter.name})`),
    ),
  };
  if (dispid === dispidOfEnumerator) {
    const returns = { vartype: unknownVartype, enumeration: null };
    return [{ ...common, kind: 'get', hidden: true, restricted: true, parameters: [], returns }];
  }
  if (kind === 'method') {
    if (member.parameters === null) {
      const every = { vartype: t.variant.vartype | arrayFlag, enumeration: null };
      const parameters = [{ ...plain('args'), type: every, byReference: true }];
      return [{ ...common, kind, vararg: true, parameters, returns: typeOf(type ?? t.variant) }];
    }
    return [{ ...common, kind, returns: type === null ? null : typeOf(type) }];
  }
  const ofProperty = typeOf(type ?? t.variant);
  const assigned = [...common.parameters, { ...plain('rhs'), type: ofProperty }];
  const put = { ...common, parameters: assigned, returns: null };
  return [
    ...(member.readable ? [{ ...common, kind: 'get' as const, returns: ofProperty }] : []),
    ...(member.writable ? [{ ...put, kind: 'put' as const }] : []),
    ...(member.writable && mayBeObject(type ?? t.variant)
      ? [{ ...put, kind: 'putref' as const }]
      : []),
  ];
}

/** Visual Basic assigns objects with `Set`, for which a property has a function of its own. */
function mayBeObject({ name, dimensions }: Type): boolean {
  return dimensions === 0 && (name === 'object' || name === 'variant');
}

function plain(name: string) {
  return { name, byReference: false, optional: false, defaultValue: undefined };
}

function typeOf(type: Type) {
  return { vartype: type.vartype, enumeration: type.enumeration?.name ?? null };
}

/**
 * A parameter that may be left out is a VARIANT, by which the server sees that it was left out,
 * unless the library can say what is then its value.
 */
function parameterOf(parameter: ParameterDescription, at: string): NativeParameter {
  const { name, type, optional, byReference, defaultValue } = parameter;
  const given = { ...plain(name), byReference, optional };
  if (!optional) return { ...given, type: typeOf(type) };
  const hasDefault =
    defaultValue !== undefined &&
    type.dimensions === 0 &&
    !byReference &&
    withDefaults.includes(type.name);
  if (!hasDefault) return { ...given, type: typeOf(t.variant) };
  return { ...given, type: typeOf(type), defaultValue: requireDefault(type, defaultValue, at) };
}

const ranges: Readonly<Record<string, readonly [least: number, most: number]>> = {
  int16: [-0x8000, 0x7fff],
  int32: [-0x80000000, 0x7fffffff],
  uint8: [0, 0xff],
  uint16: [0, 0xffff],
  uint32: [0, 0xffffffff],
};

function requireDefault({ name }: Type, value: unknown, at: string): string | number | boolean {
  const [least, most] = ranges[name] ?? [-Infinity, Infinity];
  if (name === 'boolean') {
    if (typeof value === 'boolean') return value;
  } else if (name === 'string') {
    if (typeof value === 'string' && !value.includes('\0')) return value;
  } else if (typeof value === 'number' && value >= least && value <= most) {
    if (Number.isFinite(value) && (name.startsWith('float') || Number.isInteger(value)))
      return value;
  }
  throw new TypeError(`the default value of ${at} must be of the type ${name}`);
}
