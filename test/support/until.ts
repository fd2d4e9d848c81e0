import { setImmediate } from 'node:timers/promises';

/**
 * Checks until `done()`, for changes that nothing reports. For example, a client has its answer
 * shortly before Begin_'s thread has finished with the call.
 */
export async function until(done: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const overAt = performance.now() + 10_000;
  while (!(await done())) {
    if (performance.now() > overAt) throw new Error(`timed out after 10 s waiting until ${what}`);
    await setImmediate();
  }
}
