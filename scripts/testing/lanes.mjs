// Runs batches of test files at the same time, in lanes. Each lane has a Wine prefix of its own:
// its own registry, COM and processes. So two lanes share only the processors. A test that
// registers classes for the whole machine (activation, doctor, registration, interop) sees only the
// classes of its own lane. A test that counts what processes hold (verify/flat) looks only at
// processes that it starts. On Windows there is one machine, so there is one lane: one batch after
// the other.
import { availableParallelism } from 'node:os';

import { onWindows } from '../common/project.mjs';
import { kFurtherPrefixes, kWinePrefix } from '../windows-node/wine.mjs';
import { KeptOutput } from './kept-output.mjs';

/** One lane for each processor: with more, a test waits longer for a process than it does alone. */
const kLanes = onWindows ? 1 : Math.min(availableParallelism(), kFurtherPrefixes.length + 1);

/**
 * Calls `run` for each batch, until a call returns false. With one batch or lane the output appears
 * at once. Otherwise the output of a batch appears when the batch has ended.
 * @template Batch
 * @param {readonly Batch[]} batches
 * @param {(batch: Batch, where: {
 *   prefix: string,
 *   output: import('../windows-node/output.mjs').Output | undefined,
 * }) => Promise<boolean>} run resolves to whether the other batches shall run
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
