// Runs batches of test files side by side. Each lane has a Wine prefix of its own, which is a
// machine of its own: its registry, its COM and its processes. So tests of two lanes share nothing
// but the processors, and none has to run alone: those that register classes for the whole machine
// (activation, doctor, registration, interop) see only what their own lane registers, and those that
// count what processes hold (verify/flat) look at processes that they start. What does share one
// machine runs in one lane, on Windows everything: one batch after the other.
import { availableParallelism } from 'node:os';

import { onWindows } from '../common/project.mjs';
import { kFurtherPrefixes, kWinePrefix } from '../windows/wine.mjs';
import { KeptOutput } from './kept-output.mjs';

/** As many as there are processors, so that waiting for a process takes about as long as alone. */
const kLanes = onWindows ? 1 : Math.min(availableParallelism(), kFurtherPrefixes.length + 1);

/**
 * Has `run` called for each batch until one says that it is enough. What is printed comes as it is
 * printed where there is one batch or lane; else whole, when the batch is done.
 * @template Batch
 * @param {readonly Batch[]} batches
 * @param {(batch: Batch, where: {
 *   prefix: string,
 *   output: import('../windows/output.mjs').Output | undefined,
 * }) => Promise<boolean>} run whether the rest is to be run
 */
export async function runInLanes(batches, run) {
  const waiting = [...batches];
  const prefixes = [kWinePrefix, ...kFurtherPrefixes].slice(0, Math.min(kLanes, batches.length));
  await Promise.all(
    prefixes.map(async (prefix) => {
      for (let batch; (batch = waiting.shift()) !== undefined;) {
        const output = prefixes.length > 1 ? new KeptOutput() : undefined;
        try {
          if (!(await run(batch, { prefix, output }))) waiting.length = 0;
        } catch (error) {
          waiting.length = 0;
          throw error;
        } finally {
          output?.print();
        }
      }
    }),
  );
}
