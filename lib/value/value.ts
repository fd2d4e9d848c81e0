/**
 * A value that a call can send, as an argument or as the result:
 *
 * | JavaScript | COM |
 * | --- | --- |
 * | `undefined`, `null` | `VT_EMPTY`, `VT_NULL` |
 * | boolean | `VT_BOOL` |
 * | number | `VT_I4` if it is a 32-bit integer, otherwise `VT_R8` |
 * | bigint of at most 64 bits | `VT_I8`; `VT_UI8` if it is above 2^63 - 1 |
 * | string | `VT_BSTR` |
 * | Date | `VT_DATE`, in UTC, to the millisecond; years 100 to 9999 |
 * | Uint8Array, Buffer | `VT_ARRAY`\|`VT_UI1`; the receiver gets a Buffer |
 * | array of these | `VT_ARRAY`\|`VT_VARIANT` |
 *
 * Clients that are not Node programs can send other types. async-com converts these to the closest
 * type of JavaScript: other integers, `VT_R4`, `VT_CY` and `VT_DECIMAL` to numbers, 64-bit integers
 * to bigints, arrays of one type to arrays, and an optional argument that the client left out to
 * `undefined`. async-com refuses every other type with an error that names the argument.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/api/oaidl/ns-oaidl-variant
 */
export type Value =
  undefined | null | boolean | number | bigint | string | Date | Uint8Array | readonly Value[];
