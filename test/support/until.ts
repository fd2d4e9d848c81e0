import { setImmediate } from 'node:timers/promises';

/**
 * Checks until `done()`, for changes that nothing reports. For example, a client has its answer
 * shortly before Begin_'s thread has finished with the call.
 */
export async function until(
  done: () => boolean | Promise<boolean>,
  what: string,
  milliseconds = 10_000,
): Promise<void> {
  const overAt = performance.now() + milliseconds;
  while (!(await done())) {
    if (performance.now() > overAt) {
      throw new Error(`timed out after ${milliseconds / 1000} s waiting until ${what}`);
    }
    await setImmediate();
  }
}
