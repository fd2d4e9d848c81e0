import type { NativeSentObject } from '../native/server.js';
import { ComObject } from '../value/com-object.js';
import { type AnyIterable, Collection, Enumeration } from './enumeration.js';
import type { Instances } from './instances.js';
import { Method, Property } from './members.js';
import { kindOfClass, kindOfObject, type ObjectKind, type ServerClass } from './object-kind.js';

/** The objects that a server sends: their kinds, and the COM objects that stand for them. */
export class SentObjects {
  readonly #clsid: string;
  readonly #instances: Instances;
  /** By the class, or by the shape of an object without one. */
  readonly #kinds = new Map<unknown, ObjectKind>();

  /** @param clsid - The server's CLSID. The ids of interfaces are derived from it. */
  constructor(clsid: string, instances: Instances) {
    this.#clsid = clsid;
    this.#instances = instances;
  }

  /** Says what is sent for a value. */
  sent(value: object): NativeSentObject {
    const target = targetOf(value);
    const kind = this.#instances.of(target)?.kind ?? this.#kindOf(target);
    return {
      objectClass: kind.native,
      id: this.#instances.idOf(target) ?? 0,
      isEnumerator: target instanceof Enumeration,
      adopt: (id) => {
        this.#instances.add(id, target, kind);
      },
    };
  }

  #kindOfShape(target: object): ObjectKind {
    const shape = shapeOf(target);
    let kind = shape === null ? undefined : this.#kinds.get(shape);
    if (kind === undefined) {
      kind = kindOfObject({ name: 'Object', clsid: this.#clsid, creatable: false }, target);
      if (this.#kinds.size >= mostShapes) this.#kinds.clear();
      if (shape !== null) this.#kinds.set(shape, kind);
    }
    return kind;
  }

  #kindOf(target: object): ObjectKind {
    const prototype = Object.getPrototypeOf(target) as { constructor?: unknown } | null;
    const constructor = prototype?.constructor;
    if (
      typeof target === 'function' ||
      typeof constructor !== 'function' ||
      constructor === Object
    ) {
      return this.#kindOfShape(target);
    }
    let kind = this.#kinds.get(constructor);
    if (kind === undefined) {
      const { name } = constructor;
      kind = kindOfClass(
        { name: name === '' ? 'Object' : name, clsid: this.#clsid, creatable: false },
        constructor as ServerClass,
      );
      this.#kinds.set(constructor, kind);
    }
    return kind;
  }
}

/** The most shapes that are remembered. Objects with keys of every kind must not fill the memory. */
const mostShapes = 1000;

/** What the kind of an object without a class depends on. `null`: on more than names. */
function shapeOf(target: object): string | null {
  if (typeof target === 'function') return 'function';
  const descriptors = Object.entries(Object.getOwnPropertyDescriptors(target));
  if (descriptors.some(([, { value }]) => value instanceof Method || value instanceof Property))
    return null;
  const members = descriptors
    .filter(([, { enumerable }]) => enumerable)
    .map(([name, descriptor]) => [
      name,
      typeof descriptor.value === 'function',
      descriptor.get !== undefined,
      descriptor.set !== undefined,
    ]);
  return JSON.stringify([members, isIterable(target)]);
}

function targetOf(value: object): object {
  if (value instanceof Enumeration) return value;
  if (!(value instanceof ComObject)) return new Collection(value as AnyIterable);
  const { target } = value as ComObject;
  return isIterable(target) && isOfJavaScript(target) ? new Collection(target) : target;
}

function isIterable(target: object): target is AnyIterable {
  return Symbol.iterator in target || Symbol.asyncIterator in target;
}

/** Whether an object's class is one of JavaScript's, such as Set: its methods are not for clients. */
function isOfJavaScript(target: object): boolean {
  const { constructor } = target as { constructor?: unknown };
  return (
    typeof constructor !== 'function' ||
    (constructor !== Object &&
      Function.prototype.toString.call(constructor).endsWith('{ [native code] }'))
  );
}
