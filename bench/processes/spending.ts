import { performance } from 'node:perf_hooks';

import type { Spent } from '../load.js';

/** Measures what this process spends between two calls of `next()`. */
export class Spending {
  #loop = performance.eventLoopUtilization();
  #processor = process.cpuUsage();

  next(): Spent {
    const loop = performance.eventLoopUtilization();
    const processor = process.cpuUsage();
    const active = performance.eventLoopUtilization(loop, this.#loop).active;
    const used =
      processor.user - this.#processor.user + (processor.system - this.#processor.system);
    this.#loop = loop;
    this.#processor = processor;
    return { loop: active, processor: used / 1000 };
  }
}
