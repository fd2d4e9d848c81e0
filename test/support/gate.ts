import { within } from './within.js';

/** Something that a handler waits for, or tells, once. */
export class Gate<T = void> {
  readonly #promise: Promise<T>;
  open!: (value: T) => void;

  constructor() {
    this.#promise = new Promise<T>((resolve) => {
      this.open = resolve;
    });
  }

  /** Fails after a while: a test that hangs says where. */
  opened(what: string): Promise<T> {
    return within(15_000, this.#promise, what);
  }
}
