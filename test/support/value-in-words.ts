import { createHash } from 'node:crypto';

import { TypedValue } from 'async-com';

/**
 * Returns a value and its type in words. A test can then compare what one process sent with what
 * another received, without sending the value back. Two conversions could hide a mistake of one.
 */
export function inWords(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'number') return `number ${Object.is(value, -0) ? '-0' : String(value)}`;
  if (typeof value === 'string') return `string ${inHex(Buffer.from(value, 'utf16le'))}`;
  if (typeof value === 'bigint' || typeof value === 'boolean') {
    return `${typeof value} ${String(value)}`;
  }
  return typeof value === 'object' ? objectInWords(value) : typeof value;
}

function objectInWords(value: object): string {
  if (Array.isArray(value)) return `[${value.map(inWords).join(', ')}]`;
  if (value instanceof Date) return `date ${String(value.getTime())}`;
  if (ArrayBuffer.isView(value)) {
    const bytes = Buffer.from(value.buffer, value.byteOffset, value.byteLength);
    return `${Buffer.isBuffer(value) ? 'buffer' : value.constructor.name} ${inHex(bytes)}`;
  }
  if (value instanceof TypedValue) return `${value.type.name} of ${inWords(value.value)}`;
  if (value instanceof Map) return `map ${inWords([...value])}`;
  return `object ${inWords(Object.entries(value))}`;
}

function inHex(bytes: Buffer): string {
  if (bytes.length <= 64) return bytes.toString('hex');
  return `of ${bytes.length} bytes, ${createHash('sha256').update(bytes).digest('hex')}`;
}
