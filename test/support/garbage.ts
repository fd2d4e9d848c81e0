import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
/** Collects all garbage now. */
export const collect = runInNewContext('gc') as () => void;

/**
 * Collects garbage until `done()`, in at most `rounds` turns of the event loop. Returns whether
 * `done()`.
 */
export async function collectGarbageUntil(
  done: () => boolean | Promise<boolean>,
  rounds = 50,
): Promise<boolean> {
  for (let round = 0; round < rounds; ++round) {
    collect();
    await new Promise((resolve) => setImmediate(resolve));
    if (await done()) return true;
  }
  return false;
}
