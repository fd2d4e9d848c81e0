import type { ChildProcess } from 'node:child_process';

const usedIds = new Set<number | undefined>();

/** So often a process with a used id is given up. Then Wine has no other ids left. */
const mostTries = 100;

/** So often a process is tried that Wine fails to start. It does so about once in 2000 times. */
const mostFailures = 3;

/** Starts a process, whatever id it gets. Tries again where Wine has failed to start it. */
export function retrySpawn<Process extends ChildProcess>(start: () => Process): Process {
  for (let failures = 1; ; ++failures) {
    try {
      return start();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'UNKNOWN' || failures === mostFailures) {
        throw error;
      }
    }
  }
}

/**
 * Starts a process with an id that no earlier process had. Wine soon uses ids again, and identifies
 * a server by its process id. Then it would mistake what this process still has of the earlier
 * server for the new one.
 */
export function startNewProcess<Process extends ChildProcess>(start: () => Process): Process {
  for (let tries = 1; ; ++tries) {
    const child = retrySpawn(start);
    if (!usedIds.has(child.pid) || tries >= mostTries) {
      usedIds.add(child.pid);
      return child;
    }
    child.kill();
  }
}
