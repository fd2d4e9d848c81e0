import type { Parameter, Type } from '../value/types.js';
import type { ServerCall } from './server-call.js';

/** What a member of a class can be given beside its types. */
export interface MemberOptions {
  /** What tools show for the member. */
  readonly help?: string;

  /**
   * The number by which clients call the member, for ever. Default: 1 for the first member without
   * one, 2 for the second.
   */
  readonly dispid?: number;

  /** Whether tools leave the member out of their lists. Default `false`. */
  readonly hidden?: boolean;
}

/** The parameters of a member, by their names, in their order. */
export type ParameterTypes = Readonly<Record<string, Type | Parameter>>;

/** For a member without parameters. */
export type NoParameters = Readonly<Record<string, never>>;

/** What a handler gets for {@link ParameterTypes}. */
export type ArgumentsOf<P> = {
  readonly [Name in keyof P]: P[Name] extends Type<infer T>
    ? T
    : P[Name] extends Parameter<infer T>
      ? T
      : never;
};

/** The options of {@link method}. */
export interface MethodOptions<P = ParameterTypes, R = unknown> extends MemberOptions {
  /** The parameters. Default: none. */
  readonly params?: P;

  /** The type of the result. Default: there is no result. */
  readonly returns?: Type<R>;
}

/** A method with types. {@link method} makes it. */
export class Method {
  readonly options: MethodOptions;
  /** `null` in the options of a class, whose method is the handler. */
  readonly handler: ((call: ServerCall, args: never) => unknown) | null;

  /** @internal */
  constructor(options: MethodOptions, handler: Method['handler']) {
    this.options = options;
    this.handler = handler;
  }
}

/**
 * Describes a method with types. Arguments are converted to them before the handler runs, and the
 * result before it is sent. A client that sends something else gets `DISP_E_TYPEMISMATCH`.
 *
 * @param options - The types, and what tools show.
 * @param handler - The function. In the options of a class it is left out: the class has it.
 * @returns The method.
 * @throws TypeError - When an option is wrong. The message names it.
 * @example
 * const methods = {
 *   add: method(
 *     { params: { a: t.int32, b: t.optional(t.int32, 1) }, returns: t.int32 },
 *     (call, { a, b }) => a + b,
 *   ),
 * };
 */
export function method<P extends ParameterTypes = NoParameters, R = void>(
  options: MethodOptions<P, R>,
  handler?: (call: ServerCall, args: ArgumentsOf<P>) => R | Promise<R>,
): Method {
  if (handler !== undefined && typeof handler !== 'function') {
    throw new TypeError('handler must be a function');
  }
  return new Method(options, handler ?? null);
}

/** The options of {@link property}. */
export interface PropertyOptions<T = unknown, P = ParameterTypes> extends MemberOptions {
  /** The type. Default: any value. */
  readonly type?: Type<T>;

  /** The parameters of a property that has some. Default: none. */
  readonly params?: P;

  /** Reads the property. In the options of a class it is left out: the class has it. */
  readonly get?: (call: ServerCall, args: ArgumentsOf<P>) => T | Promise<T>;

  /** Writes the property. In the options of a class it is left out: the class has it. */
  readonly set?: (call: ServerCall, value: T, args: ArgumentsOf<P>) => void | Promise<void>;
}

/** A property with types. {@link property} makes it. */
export class Property {
  readonly options: PropertyOptions;

  /** @internal */
  constructor(options: PropertyOptions) {
    this.options = options;
  }
}

/**
 * Describes a property.
 *
 * @param options - Its type, and the functions that read and write it.
 * @returns The property.
 * @example
 * let count = 0;
 * const properties = {
 *   count: property({
 *     type: t.int32,
 *     get: () => count,
 *     set: (call, value) => {
 *       count = value;
 *     },
 *   }),
 * };
 */
export function property<T = unknown, P extends ParameterTypes = NoParameters>(
  options: PropertyOptions<T, P>,
): Property {
  return new Property(options as unknown as PropertyOptions);
}

/**
 * The static property of a class by which it says how clients see it: {@link ClassOptions}.
 *
 * @example
 * class Counter {
 *   static [automation] = { defaultMember: 'count' };
 *   #count = 0;
 *   get count() {
 *     return this.#count;
 *   }
 * }
 */
export const automation: unique symbol = Symbol.for('async-com.automation') as never;

/** How clients see a class. */
export interface ClassOptions {
  /** The name of the class for tools. Default: its name in JavaScript. */
  readonly name?: string;

  /** What tools show for the class. */
  readonly help?: string;

  /** The id of its interface, in braces. Default: one that is derived from the CLSID. */
  readonly iid?: string;

  /** The member that a client means if it names none: `object(1)`. Default: none. */
  readonly defaultMember?: string;

  /**
   * Types and numbers of members, by their names. `false` keeps a member from clients. Members that
   * are not named here are seen, and take any value. What a base class says here holds for its
   * subclasses, too.
   */
  readonly members?: Readonly<Record<string, Method | Property | false>>;
}
