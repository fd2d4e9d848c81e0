const kilobyte = 2 ** 10;
const megabyte = 2 ** 20;

/** What is measured: a payload, and how many calls are in flight. */
export interface Trial {
  readonly bytes: number;
  readonly inFlight: number;

  /** Every how many rounds it is run: what takes seconds is run less often. */
  readonly every: number;

  /** Calls that one sample has at least. */
  readonly leastCalls: number;
}

/** More than this many bytes in flight, and memory is what is measured: each call has several copies. */
export const mostBytesInFlight = 32 * megabyte;

const payloads = [16, 64 * kilobyte, 8 * megabyte];
const inFlights = [1, 16, 64];

/** Every payload with every number of calls in flight, which the bytes in flight may cap. */
export const trials: readonly Trial[] = payloads.flatMap((bytes) => {
  const most = Math.max(1, Math.floor(mostBytesInFlight / bytes));
  const capped = new Set(inFlights.map((inFlight) => Math.min(inFlight, most)));
  const great = bytes >= megabyte;
  return [...capped].map((inFlight) => ({
    bytes,
    inFlight,
    every: great ? 3 : 1,
    leastCalls: great ? Math.max(2, inFlight) : 4 * inFlight,
  }));
});

/** `'64 KB'` */
export function describeBytes(bytes: number): string {
  if (bytes >= megabyte) return `${String(bytes / megabyte)} MB`;
  return bytes >= kilobyte ? `${String(bytes / kilobyte)} KB` : `${String(bytes)} B`;
}
