/**
 * Gives an array further lists as properties. They are not enumerable, so the array can still be
 * compared with other arrays.
 */
export function withLists<T, Lists extends object>(array: T[], lists: Lists): T[] & Lists {
  for (const [name, value] of Object.entries(lists)) Object.defineProperty(array, name, { value });
  return array as T[] & Lists;
}
