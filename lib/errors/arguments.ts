/** @throws TypeError - `value` is not an object; the message begins with `name`. */
export function requireObject(value: unknown, name = 'options'): asserts value is object {
  if (typeof value !== 'object' || value === null) throw new TypeError(`${name} must be an object`);
}

/** @throws TypeError - `value` is no text, or COM would read only a part of it. */
export function requireText(value: unknown, what: string): asserts value is string {
  if (typeof value !== 'string' || value === '' || value.includes('\0')) {
    throw new TypeError(`${what} must be a string, not empty and without NUL`);
  }
}
