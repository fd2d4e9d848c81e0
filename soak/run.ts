import { addResults, type Part } from './part.js';
import type { Progress } from './progress.js';

/** Does what is left of a part, batch by batch. Returns false if a new process must go on. */
export async function runPart(part: Part, scale: number, progress: Progress): Promise<boolean> {
  const total = Math.max(1, Math.round(part.total * scale));
  if (progress.of(part.name).result.units >= total) return true;
  const running = await part.start();
  try {
    for (let ofRun = 0; ; ++ofRun) {
      const { batches, milliseconds, result } = progress.of(part.name);
      const left = total - result.units;
      if (left <= 0) return true;
      if (ofRun === part.batchesOfRun && progress.isKept) return false;
      const units = Math.min(part.batch, left);
      const began = performance.now();
      const batch = await running.runBatch(batches + 1, units).catch((error: unknown) => {
        throw new Error(`${part.name}, batch ${String(batches + 1)}: ${(error as Error).message}`, {
          cause: error,
        });
      });
      const took = performance.now() - began;
      const sum = addResults(result, batch);
      await progress.set(part.name, {
        batches: batches + 1,
        milliseconds: milliseconds + took,
        result: sum,
      });
      console.error(
        `${part.name}: ${String(sum.units)} of ${String(total)} ${part.units}, ` +
          `${(took / 1000).toFixed(1)} s for ${String(batch.units)}`,
      );
    }
  } finally {
    await running[Symbol.asyncDispose]();
  }
}
