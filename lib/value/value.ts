/**
 * A value that a call can carry, in either direction:
 *
 * | JavaScript | COM |
 * | --- | --- |
 * | `undefined`, `null` | `VT_EMPTY`, `VT_NULL` |
 * | boolean | `VT_BOOL` |
 * | number | `VT_I4` where it is one, else `VT_R8` |
 * | bigint of 64 bits | `VT_I8`; above that `VT_UI8` |
 * | string | `VT_BSTR` |
 * | Date | `VT_DATE`, as UTC, to the millisecond; years 100 to 9999 |
 * | Uint8Array, Buffer | `VT_ARRAY`\|`VT_UI1`; arrives as a Buffer |
 * | array of these | `VT_ARRAY`\|`VT_VARIANT` |
 *
 * What clients that are not Node send besides arrives as what it is closest to: other integers and
 * `VT_R4`, `VT_CY` and `VT_DECIMAL` as numbers, 64-bit integers as bigints, arrays of one type as
 * arrays, a left-out optional argument as `undefined`. Anything else is refused with an error that
 * names the argument.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/api/oaidl/ns-oaidl-variant
 */
export type Value =
  undefined | null | boolean | number | bigint | string | Date | Uint8Array | readonly Value[];
