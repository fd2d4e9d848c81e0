import { within } from './within.js';

/** Counts what arrives, and lets a test wait until as many have as it needs. */
export class Arrivals {
  #count = 0;
  #wake: () => void = () => undefined;

  add(): void {
    ++this.#count;
    this.#wake();
  }

  /** Resolves when `count` have arrived since the start. */
  async reached(count: number): Promise<void> {
    while (this.#count < count) {
      const next = new Promise<void>((resolve) => (this.#wake = resolve));
      await within(15_000, next, `arrival ${this.#count + 1} of ${count}`);
    }
  }
}
