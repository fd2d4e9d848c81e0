import type { ChildProcess } from 'node:child_process';

const usedIds = new Set<number | undefined>();

/**
 * A process whose id no earlier one had. Wine gives ids anew before long and knows a server by its
 * process's: what this process still has of the earlier one would be taken for the later.
 */
export function startAnew<Process extends ChildProcess>(start: () => Process): Process {
  for (let failures = 0; ;) {
    let child: Process;
    try {
      child = start();
    } catch (error) {
      // Wine fails to start a process now and then, once in some 2000 times.
      if ((error as NodeJS.ErrnoException).code !== 'UNKNOWN' || ++failures === 3) throw error;
      continue;
    }
    if (!usedIds.has(child.pid)) {
      usedIds.add(child.pid);
      return child;
    }
    child.kill();
  }
}
