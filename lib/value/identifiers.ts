import { randomUUID } from 'node:crypto';

const clsidForm = /^\{[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\}$/i;
// https://learn.microsoft.com/en-us/windows/win32/com/-progid--key
const progIdForm = /^[a-z_][a-z0-9_]*(\.[a-z0-9_]+)*$/i;

/**
 * Checks that an argument is a CLSID in braces.
 *
 * @throws TypeError - When `value` is not a CLSID. The message begins with `name`.
 */
export function requireClsid(value: unknown, name: string): asserts value is string {
  if (typeof value !== 'string' || !clsidForm.test(value)) {
    throw new TypeError(
      `${name} must be a CLSID in braces, {xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}; got ${shown(value)}`,
    );
  }
}

/**
 * Checks that an argument is a ProgID for a new class. It must contain a full stop: a name without
 * one, such as `CLSID`, could be a key that Windows itself uses.
 *
 * @throws TypeError - When `value` is not such a ProgID. The message begins with `name`.
 */
export function requireProgId(value: unknown, name: string): asserts value is string {
  if (typeof value !== 'string' || !value.includes('.') || !isProgId(value)) {
    throw new TypeError(
      `${name} must be a ProgID with a full stop and at most 39 characters, such as Acme.Files; ` +
        `got ${shown(value)}`,
    );
  }
}

/** Returns whether a string is a CLSID in braces. */
export function isClsid(value: string): boolean {
  return clsidForm.test(value);
}

/** Returns whether a string has the form of a ProgID: only then COM looks it up. */
export function isProgId(value: string): boolean {
  return value.length <= 39 && progIdForm.test(value);
}

/**
 * Checks that an argument is a CLSID in braces or a ProgID.
 *
 * @throws TypeError - When `value` is neither. The message begins with `name`.
 */
export function requireClassName(value: unknown, name: string): asserts value is string {
  if (typeof value === 'string' && (isProgId(value) || isClsid(value))) return;
  throw new TypeError(
    `${name} must be a CLSID in braces, {xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx}, or a ProgID of at ` +
      `most 39 characters, such as Acme.Files; got ${shown(value)}`,
  );
}

function shown(value: unknown): string {
  return typeof value === 'string' ? JSON.stringify(value) : typeof value;
}

/** Returns a CLSID that nobody has yet, in braces. */
export function newClsid(): string {
  return `{${randomUUID()}}`;
}
