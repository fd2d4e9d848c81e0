import { within } from './within.js';

/** Counts arrivals, and lets a test wait for a number of them. */
export class ArrivalCount {
  #count = 0;
  #wake: () => void = () => undefined;

  add(): void {
    ++this.#count;
    this.#wake();
  }

  /** Resolves when there have been `count` arrivals since the start. */
  async reached(count: number): Promise<void> {
    while (this.#count < count) {
      const next = new Promise<void>((resolve) => (this.#wake = resolve));
      await within(15_000, next, `arrival ${this.#count + 1} of ${count}`);
    }
  }
}
