/** The name of a type of automation, as {@link t} has it. */
export type TypeName =
  | 'variant'
  | 'boolean'
  | 'int8'
  | 'uint8'
  | 'int16'
  | 'uint16'
  | 'int32'
  | 'uint32'
  | 'int64'
  | 'uint64'
  | 'float32'
  | 'float64'
  | 'currency'
  | 'decimal'
  | 'date'
  | 'string'
  | 'error'
  | 'object';

/** `VT_ARRAY`: the flag of a type that is an array. */
export const arrayFlag = 0x2000;

const vartypes: Readonly<Record<TypeName, number>> = {
  variant: 12,
  boolean: 11,
  int8: 16,
  uint8: 17,
  int16: 2,
  uint16: 18,
  int32: 3,
  uint32: 19,
  int64: 20,
  uint64: 21,
  float32: 4,
  float64: 5,
  currency: 6,
  decimal: 14,
  date: 7,
  string: 8,
  error: 10,
  object: 9,
};

/** The names and the numbers of an enumeration. */
export type EnumerationMembers = Readonly<Record<string, number>>;

/** An enumeration, as a type library has it. */
export interface Enumeration {
  readonly name: string;
  readonly members: EnumerationMembers;
}

/**
 * The property by which the addon finds the `VARENUM` of a {@link TypedValue}. It is registered, so
 * that another copy of async-com finds it, too.
 *
 * @internal
 */
export const vartypeOf: unique symbol = Symbol.for('async-com.vartype') as never;

/**
 * A value with the type in which it is sent. {@link Type.of} makes it.
 *
 * @example
 * return t.int16.of(7); // VT_I2, not VT_I4
 */
export class TypedValue<T = unknown> {
  /** The type in which the value is sent. */
  readonly type: Type<T>;

  /** The value. */
  readonly value: T;

  /** @internal */
  constructor(type: Type<T>, value: T) {
    this.type = type;
    this.value = value;
  }

  /** @internal */
  get [vartypeOf](): number {
    return this.type.vartype;
  }
}

/**
 * A type of automation: of an argument, a result, a property, or a single value. {@link t} has them.
 *
 * @typeParam T - The type that a value of this type has in JavaScript.
 * @see https://learn.microsoft.com/en-us/windows/win32/api/wtypes/ne-wtypes-varenum
 */
export class Type<T = unknown> {
  /** Only for TypeScript. No value has it. @internal */
  declare readonly valueType?: T;

  /** The type's name, that of an element if it is an array. */
  readonly name: TypeName;

  /** The number of dimensions, 0 if the type is no array. */
  readonly dimensions: number;

  /** The enumeration whose numbers are the values. Otherwise `null`. */
  readonly enumeration: Enumeration | null;

  /** @internal */
  constructor(name: TypeName, dimensions = 0, enumeration: Enumeration | null = null) {
    this.name = name;
    this.dimensions = dimensions;
    this.enumeration = enumeration;
  }

  /** The type's number in the Windows headers: a `VARENUM`, with `VT_ARRAY` if it is an array. */
  get vartype(): number {
    return vartypes[this.name] | (this.dimensions > 0 ? arrayFlag : 0);
  }

  /**
   * Says in which type a value is sent.
   *
   * @param value - The value. It is checked when it is sent.
   * @returns The value with its type.
   * @example
   * await connection.call('pay', t.currency.of('12.50'));
   */
  of(value: T): TypedValue<T> {
    return new TypedValue(this, value);
  }
}

interface ParameterOptions {
  readonly optional?: boolean;
  readonly defaultValue?: unknown;
  readonly byReference?: boolean;
}

/** A parameter that may be left out, or that the handler may assign to. {@link t} makes it. */
export class Parameter<T = unknown> {
  /** Only for TypeScript. No value has it. @internal */
  declare readonly valueType?: T;

  readonly type: Type;
  readonly optional: boolean;

  /** What the handler gets if the argument is left out. */
  readonly defaultValue: unknown;

  /** Whether the caller gets what the handler assigns. */
  readonly byReference: boolean;

  /** @internal */
  constructor(
    type: Type,
    { optional = false, defaultValue, byReference = false }: ParameterOptions = {},
  ) {
    this.type = type;
    this.optional = optional;
    this.defaultValue = defaultValue;
    this.byReference = byReference;
  }
}

/** An argument that was passed by reference. What is assigned to `value` goes back to the caller. */
export interface Reference<T> {
  value: T;
}

function array<T>(type: Type<T>, dimensions?: 1): Type<readonly T[]>;
function array(type: Type, dimensions: number): Type<readonly unknown[]>;
function array(type: Type, dimensions = 1): Type<readonly unknown[]> {
  if (!(type instanceof Type) || type.dimensions > 0) {
    throw new TypeError('type must be a type of t that is no array; dimensions says how many');
  }
  if (!Number.isInteger(dimensions) || dimensions < 1 || dimensions > 60) {
    throw new TypeError('dimensions must be a whole number from 1 to 60');
  }
  return new Type(type.name, dimensions, type.enumeration);
}

function optional<T>(type: Type<T>): Parameter<T | undefined>;
function optional<T>(type: Type<T>, defaultValue: T): Parameter<T>;
function optional(type: Type, defaultValue?: unknown): Parameter {
  requireType(type);
  return new Parameter(type, { optional: true, defaultValue });
}

function ref<T>(type: Type<T>): Parameter<Reference<T>> {
  requireType(type);
  return new Parameter(type, { byReference: true });
}

function enumeration<const M extends EnumerationMembers>(
  name: string,
  members: M,
): Type<M[keyof M]> {
  requireIdentifier(name, 'name');
  for (const [member, value] of Object.entries(members)) {
    requireIdentifier(member, 'a name in members');
    if (!Number.isInteger(value) || Math.abs(value) > 0x7fffffff) {
      throw new TypeError(`members.${member} must be a 32-bit integer`);
    }
  }
  return new Type('int32', 0, { name, members: { ...members } });
}

function requireType(type: unknown): void {
  if (!(type instanceof Type)) throw new TypeError('type must be a type of t, such as t.string');
}

/**
 * Checks what is to be a name in a type library.
 *
 * @throws TypeError - When it is no identifier. The message names `what`.
 */
export function requireIdentifier(name: unknown, what: string): asserts name is string {
  if (typeof name !== 'string' || !/^[A-Za-z_][A-Za-z0-9_]{0,254}$/.test(name)) {
    throw new TypeError(`${what} must be an identifier: letters, digits and _, no digit first`);
  }
}

/**
 * The types of automation.
 *
 * | type | COM | JavaScript |
 * | --- | --- | --- |
 * | `t.variant` | `VARIANT` | any {@link Value} |
 * | `t.boolean` | `VT_BOOL` | boolean |
 * | `t.int8`, `t.int16`, `t.int32` | `VT_I1`, `VT_I2`, `VT_I4` | number |
 * | `t.uint8`, `t.uint16`, `t.uint32` | `VT_UI1`, `VT_UI2`, `VT_UI4` | number |
 * | `t.int64`, `t.uint64` | `VT_I8`, `VT_UI8` | bigint |
 * | `t.float32`, `t.float64` | `VT_R4`, `VT_R8` | number |
 * | `t.currency`, `t.decimal` | `VT_CY`, `VT_DECIMAL` | string of decimal digits: `'-12.5'` |
 * | `t.date` | `VT_DATE` | Date |
 * | `t.string` | `VT_BSTR` | string |
 * | `t.error` | `VT_ERROR` | number |
 * | `t.object` | `VT_DISPATCH` | an object, or `null` |
 * | `t.array(type, dimensions)` | `SAFEARRAY` | array, or a typed array of numbers |
 * | `t.enumeration(name, members)` | `VT_I4` | number |
 *
 * `t.optional(type, default)` and `t.ref(type)` are for parameters. docs/values.md says which values
 * each type takes.
 *
 * @example
 * method({ params: { path: t.string, by: t.optional(t.int32, 1) }, returns: t.boolean });
 */
export const t = {
  variant: new Type<unknown>('variant'),
  boolean: new Type<boolean>('boolean'),
  int8: new Type<number>('int8'),
  uint8: new Type<number>('uint8'),
  int16: new Type<number>('int16'),
  uint16: new Type<number>('uint16'),
  int32: new Type<number>('int32'),
  uint32: new Type<number>('uint32'),
  int64: new Type<bigint>('int64'),
  uint64: new Type<bigint>('uint64'),
  float32: new Type<number>('float32'),
  float64: new Type<number>('float64'),
  currency: new Type<string>('currency'),
  decimal: new Type<string>('decimal'),
  date: new Type<Date>('date'),
  string: new Type<string>('string'),
  error: new Type<number>('error'),
  object: new Type<unknown>('object'),
  array,
  optional,
  ref,
  enumeration,
} as const;
