import { createHash } from 'node:crypto';

/**
 * A value with its type in words, so that what one process sent and another got can be compared
 * without sending it back: a mistake that two conversions undo would be seen.
 */
export function inWords(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return `[${value.map(inWords).join(', ')}]`;
  if (value instanceof Date) return `date ${String(value.getTime())}`;
  if (value instanceof Uint8Array) return `${bytesName(value)} ${inHex(Buffer.from(value))}`;
  if (typeof value === 'number') return `number ${Object.is(value, -0) ? '-0' : String(value)}`;
  if (typeof value === 'string') return `string ${inHex(Buffer.from(value, 'utf16le'))}`;
  if (typeof value === 'bigint' || typeof value === 'boolean') {
    return `${typeof value} ${String(value)}`;
  }
  return typeof value;
}

function bytesName(value: Uint8Array): string {
  return Buffer.isBuffer(value) ? 'buffer' : 'bytes';
}

function inHex(bytes: Buffer): string {
  if (bytes.length <= 64) return bytes.toString('hex');
  return `of ${bytes.length} bytes, ${createHash('sha256').update(bytes).digest('hex')}`;
}
