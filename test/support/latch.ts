import { within } from './within.js';

/** An event that happens once. A handler waits for it, or reports it. */
export class Latch<T = void> {
  readonly #promise: Promise<T>;
  open!: (value: T) => void;

  constructor() {
    this.#promise = new Promise<T>((resolve) => {
      this.open = resolve;
    });
  }

  /**
   * Resolves when the latch is open. Rejects after 15 seconds, so that a test that hangs says where.
   */
  opened(what: string): Promise<T> {
    return within(15_000, this.#promise, what);
  }
}
