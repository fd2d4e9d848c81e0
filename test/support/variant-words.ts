import type { Value } from 'async-com';

/**
 * Returns a value in the words of test/interop/programs/values.h, which name its VARIANT exactly.
 * This follows lib/value/value.ts, and shares no code with the addon.
 */
export function wordsOf(value: Value): string {
  if (value === undefined) return 'empty';
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return wordsOfNumber(value);
  if (typeof value === 'bigint') return `${value < 2n ** 63n ? 'i8' : 'ui8'}:${String(value)}`;
  if (typeof value === 'string') return `bstr:${hexOf(Buffer.from(value, 'utf16le'))}`;
  if (value instanceof Date) return `date:${bitsOf(dayOf(value))}`;
  if (value instanceof Uint8Array) return `bytes:${hexOf(Buffer.from(value))}`;
  return `[${value.map(wordsOf).join(',')}]`;
}

function wordsOfNumber(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  return Object.is(value, value | 0) ? `i4:${value}` : `r8:${bitsOf(value)}`;
}

/**
 * Returns a date as VT_DATE: days since 1899-12-30. Before that day, the time of day is still
 * positive.
 */
function dayOf(date: Date): number {
  const day = 86_400_000;
  const milliseconds = date.getTime() + 25_569 * day;
  if (milliseconds >= 0) return milliseconds / day;
  const midnight = Math.floor(milliseconds / day) * day;
  return (midnight - (milliseconds - midnight)) / day;
}

function bitsOf(number: number): string {
  const bits = Buffer.alloc(8);
  bits.writeDoubleBE(number);
  return hexOf(bits);
}

function hexOf(bytes: Buffer): string {
  return bytes.toString('hex').toUpperCase();
}

/** Returns the text of the words `bstr:…`. */
export function textOf(words: string): string {
  return Buffer.from(words.replace(/^bstr:/, ''), 'hex').toString('utf16le');
}
