import type { ChildProcess } from 'node:child_process';

const usedIds = new Set<number | undefined>();

/** So often a process with a used id is given up. Then Wine has no other ids left. */
const mostTries = 100;

/**
 * Starts a process with an id that no earlier process had. Wine soon uses ids again, and identifies
 * a server by its process id. Then it would mistake what this process still has of the earlier
 * server for the new one.
 */
export function startNewProcess<Process extends ChildProcess>(start: () => Process): Process {
  for (let failures = 0, tries = 1; ; ++tries) {
    let child: Process;
    try {
      child = start();
    } catch (error) {
      // Wine sometimes fails to start a process, about once in 2000 times.
      if ((error as NodeJS.ErrnoException).code !== 'UNKNOWN' || ++failures === 3) throw error;
      continue;
    }
    if (!usedIds.has(child.pid) || tries >= mostTries) {
      usedIds.add(child.pid);
      return child;
    }
    child.kill();
  }
}
