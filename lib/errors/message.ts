/**
 * Returns the message of a value that was thrown. The value can be of any type, and reading it may
 * throw.
 */
export function messageOf(error: unknown): string {
  try {
    return String(error instanceof Error ? error.message : error);
  } catch {
    return 'a value was thrown that cannot be converted to a string';
  }
}
