const kilobyte = 2 ** 10;
const megabyte = 2 ** 20;

/** A measurement: the size of the payload, and how many calls are in flight. */
export interface Trial {
  readonly bytes: number;
  readonly inFlight: number;

  /** The trial runs once in this many rounds. A trial that takes seconds runs less often. */
  readonly every: number;

  /** The least number of calls in one sample. */
  readonly leastCalls: number;
}

/** With more bytes in flight, a trial would measure the memory: each call has several copies. */
export const mostBytesInFlight = 32 * megabyte;

const payloads = [16, 64 * kilobyte, 8 * megabyte];
const inFlights = [1, 16, 64];

/** Every payload with every number of calls in flight, as far as `mostBytesInFlight` allows it. */
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

/** Returns a size with its unit, such as `'64 KB'`. */
export function describeBytes(bytes: number): string {
  if (bytes >= megabyte) return `${String(bytes / megabyte)} MB`;
  return bytes >= kilobyte ? `${String(bytes / kilobyte)} KB` : `${String(bytes)} B`;
}
