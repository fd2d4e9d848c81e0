import { setImmediate } from 'node:timers/promises';

/**
 * Checks until `done()`, for changes that nothing reports. For example, a client has its answer
 * shortly before Begin_'s thread has finished with the call.
 *
 * @param what - What is waited for, for the error. A function can say what there is instead.
 */
export async function until(
  done: () => boolean | Promise<boolean>,
  what: string | (() => string),
  milliseconds = 10_000,
): Promise<void> {
  const overAt = performance.now() + milliseconds;
  while (!(await done())) {
    if (performance.now() > overAt) {
      const text = typeof what === 'string' ? what : what();
      throw new Error(`timed out after ${milliseconds / 1000} s waiting until ${text}`);
    }
    await setImmediate();
  }
}
