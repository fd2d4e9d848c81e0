import { contentsOf } from '../automation/library-contents.js';
import {
  derivedId,
  describeTypeLibrary,
  type TypeLibraryDescription,
} from '../automation/type-library.js';
import type {
  ClassDescription,
  MemberDescription,
  ParameterDescription,
} from '../automation/description.js';
import { requireObject } from '../errors/arguments.js';
import { native } from '../native/addon.js';
import type { NativeObjectClass } from '../native/server.js';
import { Parameter, requireIdentifier, Type } from '../value/types.js';
import type { Value } from '../value/value.js';
import {
  automation,
  type ClassOptions,
  type MemberOptions,
  Method,
  type ParameterTypes,
  Property,
} from './members.js';
import { type AnyIterable, Enumeration } from './enumeration.js';
import type { ServerCall } from './server-call.js';

/** DISPIDs that automation has given a meaning. */
const dispids = { value: 0, newEnum: -4 } as const;

/** The name that automation has given to the member that returns an enumerator. */
const newEnum = '_NewEnum';

/** The member of a function. */
const invoke = 'invoke';

/** Runs a handler. `target` is the object of the class. */
type Run = (target: object, call: ServerCall, args: readonly Value[]) => unknown;

interface Handlers {
  readonly call?: Run;
  readonly get?: Run;
  readonly put?: Run;
}

/** A member before it has its number. */
interface Declared {
  readonly handlers: Handlers;
  readonly options: MemberOptions;
  readonly kind: 'method' | 'property';
  readonly parameters: readonly ParameterDescription[] | null;
  readonly type: Type | null;
}

/** What a kind of objects is called. */
export interface KindIdentity {
  readonly name: string;
  readonly clsid: string;
  /** Whether clients create the objects by the CLSID. */
  readonly creatable: boolean;
}

const variant = new Type('variant');

/** A kind of objects: its members, and the functions behind them. */
export class ObjectKind {
  readonly description: ClassDescription;
  readonly native: NativeObjectClass;
  readonly #handlers: ReadonlyMap<string, Handlers>;

  /** @internal */
  constructor(
    identity: KindIdentity,
    options: ClassOptions,
    declared: ReadonlyMap<string, Declared>,
  ) {
    const members = numbered(declared, options.defaultMember);
    const name = options.name ?? identity.name;
    this.description = {
      name,
      help: options.help ?? '',
      clsid: identity.creatable ? identity.clsid : null,
      iid:
        options.iid ??
        derivedId(identity.clsid, identity.creatable ? 'interface' : `interface ${name}`),
      members,
    };
    this.#handlers = new Map(
      [...declared].map(([member, { handlers, type }]) => [member, inDimensions(handlers, type)]),
    );
    const library = libraryOf(this.description);
    this.native = new native.ObjectClass(
      this.description.iid,
      members.map((member) => ({
        name: member.name,
        dispid: member.dispid,
        isMethod: member.kind === 'method',
        readable: member.readable,
        writable: member.writable,
        parameters:
          member.parameters?.map((parameter) => ({
            name: parameter.name,
            type: parameter.type.vartype,
            // What only comes back need not be given.
            optional: parameter.optional || parameter.byReference,
          })) ?? null,
        type: member.type?.vartype ?? 0,
      })),
      library && contentsOf(library),
      library?.classes[0]?.name,
    );
  }

  /** Returns the function behind a member. `undefined` if there is none. */
  handler(name: string, access: 'call' | 'get' | 'put' | 'putref'): Run | undefined {
    const handlers = this.#handlers.get(name);
    return handlers?.[access === 'putref' ? 'put' : access];
  }
}

/**
 * Arrays in arrays are one array if their type has several dimensions. The addon cannot see how many.
 */
function typedIfNested(value: unknown, type: Type): unknown {
  return type.dimensions > 1 && Array.isArray(value) ? type.of(value) : value;
}

/** Handlers that return arrays of as many dimensions as the member's type has. */
function inDimensions(handlers: Handlers, type: Type | null): Handlers {
  if (type === null || type.dimensions < 2) return handlers;
  const typed =
    (run: Run): Run =>
    async (...given) =>
      typedIfNested(await run(...given), type);
  const { call, get } = handlers;
  return { ...handlers, ...(call && { call: typed(call) }), ...(get && { get: typed(get) }) };
}

/** What clients that ask for type information get. `undefined` if a name has no place in it. */
function libraryOf(description: ClassDescription): TypeLibraryDescription | undefined {
  try {
    return describeTypeLibrary([description]);
  } catch {
    return undefined;
  }
}

/**
 * Makes the kind of a server that has functions, not a class.
 *
 * @throws TypeError - When a member is wrong. The message names it.
 */
export function kindOfFunctions(
  identity: KindIdentity,
  options: ClassOptions,
  methods: Readonly<Record<string, unknown>>,
  properties: Readonly<Record<string, unknown>>,
): ObjectKind {
  const declared = new Map<string, Declared>();
  for (const [name, value] of Object.entries(methods)) {
    declared.set(name, declaredMethod(value, `options.methods.${name}`));
  }
  for (const [name, value] of Object.entries(properties)) {
    if (declared.has(name)) {
      throw new TypeError(`options.properties.${name} has the name of a method`);
    }
    declared.set(name, declaredProperty(value, `options.properties.${name}`));
  }
  return new ObjectKind(identity, options, declared);
}

function declaredMethod(value: unknown, what: string): Declared {
  if (typeof value === 'function') {
    const handler = value as (call: ServerCall, ...args: readonly Value[]) => unknown;
    return {
      ...untypedMethod,
      // As a property of the object that the options are: `this` is not it, as it never was.
      handlers: { call: (_, call, args) => handler(call, ...args) },
    };
  }
  if (!(value instanceof Method) || value.handler === null) {
    throw new TypeError(`${what} must be a function, or method() with a function`);
  }
  const { handler, options } = value;
  const parameters = parametersOf(options.params, what);
  return {
    kind: 'method',
    options,
    parameters,
    type: resultType(options.returns, what),
    handlers: { call: (_, call, args) => handler(call, named(parameters, call, args) as never) },
  };
}

function declaredProperty(value: unknown, what: string): Declared {
  if (!(value instanceof Property)) throw new TypeError(`${what} must be made by property()`);
  const { options } = value;
  const { get, set } = options;
  if (get === undefined && set === undefined)
    throw new TypeError(`${what} has neither get nor set`);
  const parameters = parametersOf(options.params, what);
  return {
    kind: 'property',
    options,
    parameters,
    type: propertyType(options.type, what),
    handlers: {
      ...(get && { get: (_, call, args) => get(call, named(parameters, call, args) as never) }),
      ...(set && {
        put: (_, call, args) => set(call, args.at(-1), named(parameters, call, args) as never),
      }),
    },
  };
}

/** A class of objects that a server has. */
export type ServerClass = abstract new (...args: never) => object;

/**
 * Makes the kind of the objects of a class.
 *
 * @throws TypeError - When what the class says of itself is wrong. The message names it.
 */
export function kindOfClass(identity: KindIdentity, objectClass: ServerClass): ObjectKind {
  const options = optionsOfClass(objectClass);
  const declared = new Map<string, Declared>();
  const told = options.members ?? {};
  for (const [name, descriptor] of membersOfClass(objectClass)) {
    const saying = Object.hasOwn(told, name) ? told[name] : undefined;
    if (saying === false) continue;
    const what = `[automation].members.${name}`;
    declared.set(
      name,
      typeof descriptor.value === 'function'
        ? methodOfClass(name, saying, what)
        : propertyOfClass(name, descriptor, saying, what),
    );
  }
  for (const name of Object.keys(told)) {
    if (told[name] !== false && !declared.has(name)) {
      throw new TypeError(
        `[automation].members.${name}: the class has no such method or accessor (a field is neither)`,
      );
    }
  }
  if (identity.creatable && declared.size === 0) {
    throw new TypeError(
      'options.class has no method and no accessor that clients see (a field is neither)',
    );
  }
  return new ObjectKind(identity, options, declared);
}

const callFunction: Run = (target, call, args) =>
  (target as unknown as (call: ServerCall, ...args: readonly Value[]) => unknown)(call, ...args);

/**
 * Makes the kind of an object that has no class of its own: its functions and accessors are its
 * members. A function has one member, the default one.
 */
export function kindOfObject(identity: KindIdentity, target: object): ObjectKind {
  const declared = new Map<string, Declared>();
  if (typeof target === 'function') {
    declared.set(invoke, { ...untypedMethod, handlers: { call: callFunction } });
    return new ObjectKind(identity, { defaultMember: invoke }, declared);
  }
  for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(target))) {
    const { value, enumerable = false } = descriptor as { value?: unknown; enumerable?: boolean };
    if (!enumerable) continue;
    if (value instanceof Method) declared.set(name, declaredMethod(value, name));
    else if (value instanceof Property) declared.set(name, declaredProperty(value, name));
    else if (typeof value === 'function') declared.set(name, methodOfClass(name, undefined, name));
    else if (!('value' in descriptor)) {
      declared.set(name, propertyOfClass(name, descriptor, undefined, name));
    }
  }
  if (Symbol.iterator in target || Symbol.asyncIterator in target) {
    declared.set(newEnum, methodOfClass(newEnum, undefined, newEnum));
  }
  return new ObjectKind(identity, {}, declared);
}

/** The names of {@link ClassOptions}. */
const classOptions: readonly string[] = ['name', 'help', 'iid', 'defaultMember', 'members'];

/** What a class says of itself. What its base classes say of members holds for it, too. */
function optionsOfClass(objectClass: ServerClass): ClassOptions {
  const own = ownOptionsOfClass(objectClass);
  const base: unknown = Object.getPrototypeOf(objectClass);
  if (!isOfProgram(base)) return own;
  const { members, defaultMember } = optionsOfClass(base as ServerClass);
  const inherited = own.defaultMember ?? defaultMember;
  return {
    ...own,
    members: { ...members, ...own.members },
    ...(inherited !== undefined && { defaultMember: inherited }),
  };
}

function ownOptionsOfClass(objectClass: ServerClass): ClassOptions {
  // A subclass has other members, and so another interface with another name and id.
  const own = Object.hasOwn(objectClass, automation)
    ? (objectClass as { [automation]?: unknown })[automation]
    : undefined;
  const options = own === undefined ? {} : own;
  requireObject(options, '[automation]');
  for (const option of Object.keys(options)) {
    if (!classOptions.includes(option)) {
      throw new TypeError(`[automation].${option} must be one of ${classOptions.join(', ')}`);
    }
  }
  const { name, help, iid, members } = options as Record<string, unknown>;
  if (name !== undefined) requireIdentifier(name, '[automation].name');
  if (help !== undefined && typeof help !== 'string') {
    throw new TypeError('[automation].help must be a string');
  }
  if (
    iid !== undefined &&
    (typeof iid !== 'string' || !/^\{[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\}$/i.test(iid))
  ) {
    throw new TypeError('[automation].iid must be a GUID in braces');
  }
  if (members !== undefined) requireObject(members, '[automation].members');
  return options;
}

/**
 * The methods and accessors of a class, those of its base classes first. Base classes that are no
 * classes of the program are left out: their methods are not meant for clients.
 */
function membersOfClass(objectClass: ServerClass): Map<string, PropertyDescriptor> {
  const prototypes: object[] = [];
  let constructor: unknown = objectClass;
  while (isOfProgram(constructor) || constructor === objectClass) {
    prototypes.unshift((constructor as ServerClass).prototype as object);
    constructor = Object.getPrototypeOf(constructor);
  }
  const members = new Map<string, PropertyDescriptor>();
  for (const prototype of prototypes) {
    for (const [name, descriptor] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
      if (name in Object.prototype) continue;
      if (typeof descriptor.value !== 'function' && 'value' in descriptor) continue;
      members.set(name, descriptor);
    }
  }
  if (Symbol.iterator in objectClass.prototype || Symbol.asyncIterator in objectClass.prototype) {
    members.set(newEnum, { value: () => undefined });
  }
  return members;
}

/** Whether a function is a class that was written as one, and none of Node.js. */
function isOfProgram(value: unknown): boolean {
  return (
    typeof value === 'function' &&
    value !== EventTarget &&
    /^class\b/.test(Function.prototype.toString.call(value))
  );
}

const untypedMethod = { kind: 'method', options: {}, parameters: null, type: variant } as const;

function methodOfClass(name: string, saying: unknown, what: string): Declared {
  if (name === newEnum) {
    return {
      ...untypedMethod,
      options: { hidden: true },
      handlers: { call: (target) => new Enumeration(target as AnyIterable) },
    };
  }
  const callIt = (target: object, call: ServerCall, args: readonly unknown[]): unknown =>
    (target as Record<string, (...args: unknown[]) => unknown>)[name]?.(call, ...args);
  if (saying === undefined) return { ...untypedMethod, handlers: { call: callIt } };
  if (!(saying instanceof Method)) throw new TypeError(`${what} must be made by method()`);
  if (saying.handler !== null) throw new TypeError(`${what} has a function, and so has the class`);
  const parameters = parametersOf(saying.options.params, what);
  return {
    kind: 'method',
    options: saying.options,
    parameters,
    type: resultType(saying.options.returns, what),
    handlers: {
      call: (target, call, args) => callIt(target, call, [named(parameters, call, args)]),
    },
  };
}

function propertyOfClass(
  name: string,
  descriptor: PropertyDescriptor,
  saying: unknown,
  what: string,
): Declared {
  if (saying !== undefined && !(saying instanceof Property)) {
    throw new TypeError(`${what} must be made by property()`);
  }
  const options = saying?.options ?? {};
  for (const option of ['get', 'set', 'params'] as const) {
    if (options[option] !== undefined) {
      throw new TypeError(`${what}.${option} is not for a class, whose accessor it describes`);
    }
  }
  type Target = Record<string, unknown>;
  return {
    kind: 'property',
    options,
    parameters: [],
    type: propertyType(options.type, what),
    handlers: {
      ...(descriptor.get && { get: (target: object) => (target as Target)[name] }),
      ...(descriptor.set && {
        put: (target: object, _: ServerCall, [value]: readonly Value[]) => {
          (target as Target)[name] = value;
        },
      }),
    },
  };
}

function resultType(type: unknown, what: string): Type | null {
  if (type === undefined) return null;
  if (!(type instanceof Type)) throw new TypeError(`${what}: returns must be a type of t`);
  return type;
}

function propertyType(type: unknown, what: string): Type {
  if (type === undefined) return variant;
  if (!(type instanceof Type)) throw new TypeError(`${what}: type must be a type of t`);
  return type;
}

function parametersOf(params: ParameterTypes | undefined, what: string): ParameterDescription[] {
  const parameters = Object.entries(params ?? {}).map(([name, given]) => {
    requireIdentifier(name, `${what}: the name of a parameter`);
    const parameter = given instanceof Type ? new Parameter(given) : given;
    if (!((parameter as unknown) instanceof Parameter)) {
      throw new TypeError(`${what}: params.${name} must be a type of t`);
    }
    const { type, optional, defaultValue, byReference } = parameter;
    return { name, type, optional, defaultValue, byReference };
  });
  const firstOptional = parameters.findIndex(({ optional }) => optional);
  const lastRequired = parameters.map(({ optional }) => optional).lastIndexOf(false);
  if (firstOptional !== -1 && firstOptional < lastRequired) {
    const { name = '' } = parameters[lastRequired] ?? {};
    throw new TypeError(
      `${what}: params.${name} follows an optional one, and must be optional too`,
    );
  }
  return parameters;
}

/** What the handler of a typed member gets. */
function named(
  parameters: readonly ParameterDescription[],
  call: ServerCall,
  args: readonly Value[],
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [index, { name, type, defaultValue, byReference }] of parameters.entries()) {
    const value = args[index] === undefined ? defaultValue : args[index];
    values[name] = byReference ? reference(call, index, value, type) : value;
  }
  return values;
}

function reference(
  call: ServerCall,
  index: number,
  value: unknown,
  type: Type,
): { value: unknown } {
  let current = value;
  return {
    get value() {
      return current;
    },
    set value(assigned) {
      call.assign(index, typedIfNested(assigned, type) as Value);
      current = assigned;
    },
  };
}

/** Gives each member its number. */
function numbered(
  declared: ReadonlyMap<string, Declared>,
  defaultMember: string | undefined,
): MemberDescription[] {
  if (defaultMember !== undefined && !declared.has(defaultMember)) {
    throw new TypeError(`defaultMember must name a member; there is no ${defaultMember}`);
  }
  const pinned = new Map<number, string>();
  const pin = (dispid: number, name: string): void => {
    const other = pinned.get(dispid);
    if (other !== undefined) {
      throw new TypeError(
        `the members ${other} and ${name} have the same dispid, ${String(dispid)}`,
      );
    }
    pinned.set(dispid, name);
  };
  if (defaultMember !== undefined) pin(dispids.value, defaultMember);
  if (declared.has(newEnum)) pin(dispids.newEnum, newEnum);
  for (const [name, { options }] of declared) {
    const { dispid } = options;
    if (dispid === undefined) continue;
    if (name === defaultMember) {
      if (dispid === dispids.value) continue;
      throw new TypeError(`the member ${name} is the default member, so its dispid is 0`);
    }
    if (!Number.isInteger(dispid) || dispid < 1 || dispid > 0x7fffffff) {
      throw new TypeError(
        `the dispid of the member ${name} must be a whole number from 1 to 2147483647`,
      );
    }
    pin(dispid, name);
  }
  const dispidOf = new Map([...pinned].map(([dispid, name]) => [name, dispid]));
  let next = 1;
  return [...declared].map(([name, { kind, options, parameters, type, handlers }]) => {
    let dispid = dispidOf.get(name);
    if (dispid === undefined) {
      while (pinned.has(next)) ++next;
      dispid = next++;
    }
    return {
      name,
      dispid,
      kind,
      parameters,
      type,
      readable: handlers.get !== undefined,
      writable: handlers.put !== undefined,
      help: options.help ?? '',
      hidden: options.hidden ?? false,
    };
  });
}
