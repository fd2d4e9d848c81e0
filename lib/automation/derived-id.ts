import { createHash } from 'node:crypto';

/** The namespace of the ids that are derived here (RFC 9562, version 5). */
const namespace = Buffer.from('7d2c5c1e3c9a4f0e9d7b5a1c6e2f8b40', 'hex');

/**
 * Returns a GUID that depends on nothing but a CLSID and what the GUID is for.
 *
 * @param clsid - The CLSID, in braces.
 * @param what - What the GUID is for: `'interface Counter'`.
 * @returns The GUID, in braces.
 */
export function derivedId(clsid: string, what: string): string {
  const bytes = createHash('sha1')
    .update(namespace)
    .update(`${clsid.toUpperCase()} ${what}`)
    .digest()
    .subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const hex = bytes.toString('hex').toUpperCase();
  const parts = [
    [0, 8],
    [8, 12],
    [12, 16],
    [16, 20],
    [20, 32],
  ] as const;
  return `{${parts.map(([from, to]) => hex.slice(from, to)).join('-')}}`;
}
