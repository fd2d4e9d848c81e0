import type { ComObject, RemoteReference } from './com-object.js';
import type { TypedValue } from './types.js';

/** An array of numbers of one type. The receiver of a Uint8Array gets a Buffer. */
export type NumericArray =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | Float32Array
  | Float64Array;

/**
 * A value that a call can send, as an argument or as the result.
 *
 * A number is sent as `VT_I4` if it is a 32-bit integer, and otherwise as `VT_R8`; a Date as
 * `VT_DATE` in UTC; a typed array as an array of its type; any other array as an array of VARIANT.
 * Plain objects and Maps are copied. Other objects are sent by reference: {@link comObject}, iterators,
 * and a {@link RemoteObject}. A {@link TypedValue}, such as `t.int16.of(7)`, says the type.
 *
 * docs/values.md has the table of all types, in both directions.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/api/oaidl/ns-oaidl-variant
 */
export type Value =
  | undefined
  | null
  | boolean
  | number
  | bigint
  | string
  | Date
  | NumericArray
  | TypedValue
  | readonly Value[]
  | ReadonlyMap<Value, Value>
  | ComObject
  | RemoteReference
  | IterableIterator<unknown>
  | AsyncIterableIterator<unknown>
  | { readonly [key: string]: Value };
