import { type NumericArray, TypedValue, type Value } from 'async-com';

/** The names of the types of arrays in test/interop/programs/values.h. */
const numericArrays: readonly (readonly [new (length: number) => NumericArray, string])[] = [
  [Int8Array, 'i1'],
  [Int16Array, 'i2'],
  [Uint16Array, 'ui2'],
  [Int32Array, 'i4'],
  [Uint32Array, 'ui4'],
  [BigInt64Array, 'i8'],
  [BigUint64Array, 'ui8'],
  [Float32Array, 'r4'],
  [Float64Array, 'r8'],
];

/**
 * Returns a value in the words of test/interop/programs/values.h, which name its VARIANT exactly.
 * This follows docs/values.md, and shares no code with the addon.
 */
export function wordsOf(value: Value): string {
  if (value === undefined) return 'empty';
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return wordsOfNumber(value);
  if (typeof value === 'bigint') return `${value < 2n ** 63n ? 'i8' : 'ui8'}:${String(value)}`;
  if (typeof value === 'string') return `bstr:${hexOf(Buffer.from(value, 'utf16le'))}`;
  if (value instanceof Date) return `date:${bitsOf(dayOf(value))}`;
  if (value instanceof Uint8Array) return `bytes:${hexOf(Buffer.from(value))}`;
  if (isArray(value)) return `[${value.map(wordsOf).join(',')}]`;
  if (ArrayBuffer.isView(value)) return wordsOfNumbers(value);
  if (value instanceof TypedValue) {
    if (value.type.name !== 'error') throw new TypeError('only errors arrive as TypedValues');
    return `error:${(Number(value.value) >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;
  }
  if (value instanceof Map) {
    const map: ReadonlyMap<Value, Value> = value;
    return wordsOfDictionary(0x4d415031, [...map.keys()], [...map.values()]);
  }
  return wordsOfDictionary(
    0x4f424a31,
    Object.keys(value),
    Object.values(value as Readonly<Record<string, Value>>),
  );
}

function isArray(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function wordsOfDictionary(bound: number, keys: Value[], values: Value[]): string {
  return `<${keys.length}x${bound}~2>[${[...keys, ...values].map(wordsOf).join(',')}]`;
}

function wordsOfNumbers(values: NumericArray): string {
  const [, type = ''] = numericArrays.find(([Class]) => values instanceof Class) ?? [];
  const words = Array.from<number | bigint, string>(values, (number) => {
    if (type === 'r8') return Number.isNaN(number) ? 'nan' : `r8:${bitsOf(Number(number))}`;
    return type === 'r4' ? `r4:${singleBitsOf(Number(number))}` : `${type}:${String(number)}`;
  });
  return `${type}[${words.join(',')}]`;
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

function singleBitsOf(number: number): string {
  const bits = Buffer.alloc(4);
  bits.writeFloatBE(number);
  return hexOf(bits);
}

function hexOf(bytes: Buffer): string {
  return bytes.toString('hex').toUpperCase();
}

/** Returns the text of the words `bstr:…`. */
export function textOf(words: string): string {
  return Buffer.from(words.replace(/^bstr:/, ''), 'hex').toString('utf16le');
}
