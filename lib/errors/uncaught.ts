/**
 * Emits an event. An exception from a listener does not reach the caller: it becomes an uncaught
 * exception on the next tick.
 */
export function emitSafely(emit: () => unknown): void {
  try {
    emit();
  } catch (error) {
    throwUncaught(error);
  }
}

/** Throws an error as an uncaught exception, on the next tick. */
export function throwUncaught(error: unknown): void {
  process.nextTick(() => {
    throw error;
  });
}
