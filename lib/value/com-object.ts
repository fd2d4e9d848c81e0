/**
 * The property by which the addon finds what is sent as an object. It is registered, so that another
 * copy of async-com finds it, too.
 *
 * @internal
 */
export const sentAsObject: unique symbol = Symbol.for('async-com.object') as never;

/**
 * The property by which the addon finds the object of another process.
 *
 * @internal
 */
export const remoteObjectOf: unique symbol = Symbol('async-com.remoteObject') as never;

/** An object of another process: a {@link RemoteObject}. */
export interface RemoteReference {
  /** @internal */
  readonly [remoteObjectOf]: object;
}

/** An object that is sent by reference: the receiver calls it here. {@link comObject} makes it. */
export class ComObject<T extends object = object> {
  /** The object that is called. */
  readonly target: T;

  /** @internal */
  readonly [sentAsObject] = true;

  /** @internal */
  constructor(target: T) {
    this.target = target;
  }
}

/**
 * Lets an object be sent by reference, in an argument or in a result. The receiver gets a COM object
 * with `IDispatch`, and what it calls is called here.
 *
 * An object of a class has the members of its class, as with {@link ServerOptions.class}. Another
 * object has its own functions and accessors. A function is called by the default member. Each
 * handler gets the {@link ServerCall} first. When the last client has released the COM object,
 * `Symbol.asyncDispose` or `Symbol.dispose` of the object is called. An object that is sent twice is
 * one COM object, as long as a client has it.
 *
 * A Set or another object of JavaScript's own that can be iterated is sent as a collection, which
 * clients can only go through. An iterator, such as a generator, is sent so without `comObject`.
 *
 * @param target - The object or the function.
 * @returns What is sent in its place.
 * @throws TypeError - When `target` is neither an object nor a function.
 * @example
 * const methods = { open: (call: ServerCall, path: string) => comObject(new Document(path)) };
 */
export function comObject<T extends object>(target: T): ComObject<T> {
  if (
    (typeof target !== 'object' && typeof target !== 'function') ||
    (target as unknown) === null
  ) {
    throw new TypeError('target must be an object or a function');
  }
  return new ComObject(target);
}
