/**
 * Emits an event, apart from what goes on: what a listener throws surfaces as an uncaught exception,
 * on the next tick, and fails nothing else.
 */
export function apart(emit: () => unknown): void {
  try {
    emit();
  } catch (error) {
    throwApart(error);
  }
}

/** Makes an error that nobody waits for an uncaught exception. */
export function throwApart(error: unknown): void {
  process.nextTick(() => {
    throw error;
  });
}
