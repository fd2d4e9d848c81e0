/** @throws TypeError - `value` is not an object; the message begins with `name`. */
export function requireObject(value: unknown, name = 'options'): asserts value is object {
  if (typeof value !== 'object' || value === null) throw new TypeError(`${name} must be an object`);
}
