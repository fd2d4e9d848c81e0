import { sentAsObject } from '../value/com-object.js';
import type { ServerCall } from './server-call.js';

/** What can be iterated, at once or by and by. */
export type AnyIterable = Iterable<unknown> | AsyncIterable<unknown>;

/**
 * An enumerator: what a client goes through the elements of an iterable with. The addon makes an
 * `IEnumVARIANT` of it, which calls these methods. Calls wait for each other.
 */
export class Enumeration {
  /** @internal */
  readonly [sentAsObject] = true;
  readonly #source: AnyIterable;
  #iterator: Iterator<unknown> | AsyncIterator<unknown> | undefined;
  #position: number;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(source: AnyIterable, position = 0) {
    // Whether the elements are there only once depends on what is behind the collection.
    this.#source = source instanceof Collection ? source.elements : source;
    this.#position = position;
  }

  /** Returns at most `count` elements. There are fewer at the end. */
  next(_: ServerCall, count: number): Promise<unknown[]> {
    return this.#inTurn(async () => {
      const elements: unknown[] = [];
      const iterator = await this.#started();
      while (elements.length < count) {
        const result: IteratorResult<unknown, unknown> = await iterator.next();
        if (result.done === true) break;
        elements.push(result.value);
      }
      this.#position += elements.length;
      return elements;
    });
  }

  /** Returns whether there were as many elements. */
  skip(_: ServerCall, count: number): Promise<boolean> {
    return this.#inTurn(async () => {
      const iterator = await this.#started();
      for (let skipped = 0; skipped < count; ++skipped) {
        if ((await iterator.next()).done === true) return false;
        ++this.#position;
      }
      return true;
    });
  }

  /** Begins again. Returns `false` if the elements are there only once. */
  reset(): Promise<boolean> {
    return this.#inTurn(async () => {
      if (!this.#isRepeatable()) return false;
      await this.#end();
      this.#position = 0;
      return true;
    });
  }

  /** Returns an enumerator at the same place. `null` if the elements are there only once. */
  clone(): Promise<Enumeration | null> {
    return this.#inTurn(() =>
      Promise.resolve(this.#isRepeatable() ? new Enumeration(this.#source, this.#position) : null),
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#inTurn(() => this.#end());
  }

  #inTurn<T>(step: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(step);
    this.#turn = result.catch(() => undefined);
    return result;
  }

  async #started(): Promise<Iterator<unknown> | AsyncIterator<unknown>> {
    if (this.#iterator !== undefined) return this.#iterator;
    const iterator = iteratorOf(this.#source);
    this.#iterator = iterator;
    for (let passed = 0; passed < this.#position; ++passed) await iterator.next();
    return iterator;
  }

  async #end(): Promise<void> {
    const iterator = this.#iterator;
    this.#iterator = undefined;
    await iterator?.return?.();
  }

  /** An iterator gives itself when it is iterated, and so gives its elements once. */
  #isRepeatable(): boolean {
    const iterator = this.#iterator ?? iteratorOf(this.#source);
    return (iterator as unknown) !== this.#source;
  }
}

/** What is sent for an iterable: clients can go through it, and do nothing else with it. */
export class Collection {
  readonly elements: AnyIterable;

  constructor(elements: AnyIterable) {
    this.elements = elements;
  }

  [Symbol.asyncIterator](): Iterator<unknown> | AsyncIterator<unknown> {
    return iteratorOf(this.elements);
  }
}

function iteratorOf(source: AnyIterable): Iterator<unknown> | AsyncIterator<unknown> {
  return Symbol.asyncIterator in source
    ? source[Symbol.asyncIterator]()
    : source[Symbol.iterator]();
}
