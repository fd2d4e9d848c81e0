/**
 * Checks that an argument is an object.
 *
 * @throws TypeError - When `value` is not an object. The message begins with `name`.
 */
export function requireObject(value: unknown, name = 'options'): asserts value is object {
  if (typeof value !== 'object' || value === null) throw new TypeError(`${name} must be an object`);
}

/**
 * Checks that an argument is a string that Windows reads to its end: COM stops at a null character.
 *
 * @throws TypeError - When `value` is not a string, is empty, or contains a null character. The
 *   message begins with `name`.
 */
export function requireText(value: unknown, name: string): asserts value is string {
  if (typeof value !== 'string' || value === '' || value.includes('\0')) {
    throw new TypeError(`${name} must be a non-empty string without null characters`);
  }
}
