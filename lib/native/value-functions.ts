import { arrayFlag, t, vartypeOf, type TypedValue } from '../value/types.js';
import { remoteObjectOf, sentAsObject } from '../value/com-object.js';
import type { Value } from '../value/value.js';
import type { NativeRemoteObject } from './client.js';
import type { NativeServer } from './server.js';

/** What an object is, for the addon. native/node/value_from_js.cpp has the same numbers. */
const partsOfObject = 0;
const partsOfMap = 1;
const partsOfTyped = 2;
const partsOfLocalObject = 3;
const partsOfRemoteObject = 4;

type Parts =
  | readonly [typeof partsOfObject | typeof partsOfMap, keys: unknown[], values: unknown[]]
  | readonly [typeof partsOfTyped, vartype: number, dimensions: number, value: unknown]
  | readonly [typeof partsOfLocalObject, value: object]
  | readonly [typeof partsOfRemoteObject, native: NativeRemoteObject];

/**
 * Returns the parts of a plain object, a Map or a {@link TypedValue}. Returns `null` for an object
 * that cannot be sent, such as an instance of a class.
 */
function partsOf(object: object): Parts | null {
  const typed = object as Partial<TypedValue>;
  const vartype = typed[vartypeOf];
  if (typeof vartype === 'number') {
    const dimensions = (vartype & arrayFlag) === 0 ? 0 : (typed.type?.dimensions ?? 1);
    return [partsOfTyped, vartype, dimensions, typed.value];
  }
  const prototype: unknown = Object.getPrototypeOf(object);
  if (prototype === null || prototype === Object.prototype) {
    const keys = Object.keys(object);
    return [partsOfObject, keys, keys.map((key) => (object as Record<string, unknown>)[key])];
  }
  if (prototype === Map.prototype) {
    const map = object as Map<unknown, unknown>;
    return [partsOfMap, [...map.keys()], [...map.values()]];
  }
  const { [remoteObjectOf]: remote } = object as { [remoteObjectOf]?: NativeRemoteObject };
  if (remote !== undefined) return [partsOfRemoteObject, remote];
  if (sentAsObject in object || isIterator(object)) {
    return [partsOfLocalObject, object];
  }
  return null;
}

/** Makes an object. Every key becomes a property of its own, `__proto__` too. */
function makeObject(keys: readonly string[], values: readonly Value[]): object {
  return Object.fromEntries(keys.map((key, index) => [key, values[index]]));
}

function makeMap(keys: readonly Value[], values: readonly Value[]): Map<Value, Value> {
  return new Map(keys.map((key, index) => [key, values[index]]));
}

/** Makes the value of a `VT_ERROR`, which can be sent back as it came. */
function makeError(scode: number): TypedValue<number> {
  return t.error.of(scode);
}

/** Whether an object is an iterator that can be iterated, as a generator is. */
function isIterator(object: object): boolean {
  return (
    (Symbol.iterator in object || Symbol.asyncIterator in object) &&
    typeof (object as { next?: unknown }).next === 'function'
  );
}

/** What other rooms do for objects in values. They set it when they are loaded. */
export const objectFunctions: {
  makeRemote: (native: NativeRemoteObject) => object;
  /** The server that has the objects that a client sends. */
  objectServer: () => NativeServer;
} = {
  makeRemote: (native) => native,
  objectServer: () => {
    throw new TypeError('nothing here can send an object');
  },
};

/** What the addon leaves to JavaScript when it converts values. */
export const valueFunctions = [
  partsOf,
  makeObject,
  makeMap,
  makeError,
  (native: NativeRemoteObject) => objectFunctions.makeRemote(native),
  () => objectFunctions.objectServer(),
] as const;
