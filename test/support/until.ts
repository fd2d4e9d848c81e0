import { setImmediate } from 'node:timers/promises';

/**
 * Looks until `done`, for what nobody tells of: a client has its answer a moment before Begin_'s
 * thread is done with the call.
 */
export async function until(done: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const overAt = performance.now() + 10_000;
  while (!(await done())) {
    if (performance.now() > overAt) throw new Error(`waited in vain until ${what}`);
    await setImmediate();
  }
}
