const clsidForm = /^\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/i;
// https://learn.microsoft.com/en-us/windows/win32/com/-progid--key
const progIdForm = /^[a-z_][a-z0-9_]*(\.[a-z0-9_]+)*$/i;

/** @throws TypeError - `value` is not a CLSID; the message begins with `name`. */
export function requireClsid(value: unknown, name: string): asserts value is string {
  if (typeof value !== 'string' || !clsidForm.test(value)) {
    throw new TypeError(
      `${name} must be a CLSID in braces, {xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}; got ${shown(value)}`,
    );
  }
}

/**
 * For a new one, which has a full stop: `CLSID` by itself is nobody's to have.
 *
 * @throws TypeError - `value` is not a ProgID; the message begins with `name`.
 */
export function requireProgId(value: unknown, name: string): asserts value is string {
  if (typeof value !== 'string' || !value.includes('.') || !isProgId(value)) {
    throw new TypeError(
      `${name} must be a ProgID of at most 39 characters, Acme.Files; got ${shown(value)}`,
    );
  }
}

export function isClsid(value: string): boolean {
  return clsidForm.test(value);
}

/** Whether COM may look it up as a ProgID. */
export function isProgId(value: string): boolean {
  return value.length <= 39 && progIdForm.test(value);
}

/** @throws TypeError - `value` is neither a CLSID nor a ProgID; the message begins with `name`. */
export function requireClassName(value: unknown, name: string): asserts value is string {
  if (typeof value === 'string' && (isProgId(value) || isClsid(value))) return;
  throw new TypeError(
    `${name} must be a CLSID in braces, {xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}, or a ProgID of at ` +
      `most 39 characters, Acme.Files; got ${shown(value)}`,
  );
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : typeof value;
}
