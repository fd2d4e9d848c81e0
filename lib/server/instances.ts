import type { ObjectKind } from './object-kind.js';

/** An object that clients have, or had. */
export interface Instance {
  readonly target: object;
  readonly kind: ObjectKind;
}

interface Entry extends Instance {
  /** The COM objects that stand for it. */
  readonly ids: Set<number>;
  /** How many of its handlers have not settled. */
  running: number;
}

/**
 * The objects of a server, by the ids of the COM objects that stand for them. An object is disposed
 * of when no COM object stands for it any more and none of its handlers runs.
 */
export class Instances {
  readonly #byId = new Map<number, Entry>();
  readonly #byTarget = new Map<object, Entry>();
  /** COM objects whose object is being made, and whether they were released meanwhile. */
  readonly #creating = new Map<number, boolean>();
  readonly #disposals = new Set<Promise<void>>();
  readonly #onError: (error: unknown, target: object) => void;

  /** @param onError - Receives what a dispose method throws. */
  constructor(onError: (error: unknown, target: object) => void) {
    this.#onError = onError;
  }

  get(id: number): Instance | undefined {
    return this.#byId.get(id);
  }

  /** Returns an object that clients have. */
  of(target: object): Instance | undefined {
    return this.#byTarget.get(target);
  }

  /** Returns the id of a COM object that stands for `target`. `undefined` if there is none. */
  idOf(target: object): number | undefined {
    const entry = this.#byTarget.get(target);
    if (entry === undefined) return undefined;
    const [id] = entry.ids;
    return id;
  }

  /** Notes that a COM object stands for `target`. */
  add(id: number, target: object, kind: ObjectKind): void {
    const entry = this.#byTarget.get(target) ?? { target, kind, ids: new Set(), running: 0 };
    this.#byTarget.set(target, entry);
    entry.ids.add(id);
    this.#byId.set(id, entry);
  }

  /** Notes that no client has a COM object any more. */
  released(id: number): void {
    const entry = this.#byId.get(id);
    if (entry === undefined) {
      // Otherwise it was refused before its object could be made.
      if (this.#creating.has(id)) this.#creating.set(id, true);
      return;
    }
    this.#byId.delete(id);
    entry.ids.delete(id);
    this.#disposeIfUnused(entry);
  }

  /** Makes the object for which a COM object stands. What `make` throws is thrown. */
  async create(id: number, kind: ObjectKind, make: () => Promise<object>): Promise<void> {
    this.#creating.set(id, false);
    try {
      this.add(id, await make(), kind);
    } finally {
      const released = this.#creating.get(id) === true;
      this.#creating.delete(id);
      if (released) this.released(id);
    }
  }

  /** Keeps an object until the handler of one of its members has settled. */
  async whileRunning<T>(instance: Instance, handler: () => T | Promise<T>): Promise<T> {
    const entry = instance as Entry;
    ++entry.running;
    try {
      return await handler();
    } finally {
      --entry.running;
      this.#disposeIfUnused(entry);
    }
  }

  /** Disposes of all objects, and resolves when that is done. Clients can use none of them. */
  async disposeAll(): Promise<void> {
    for (const id of [...this.#byId.keys()]) this.released(id);
    while (this.#disposals.size > 0) await Promise.all(this.#disposals);
  }

  #disposeIfUnused(entry: Entry): void {
    if (entry.ids.size > 0 || entry.running > 0) return;
    if (this.#byTarget.get(entry.target) !== entry) return;
    this.#byTarget.delete(entry.target);
    const disposal = this.#dispose(entry.target).finally(() => {
      this.#disposals.delete(disposal);
    });
    this.#disposals.add(disposal);
  }

  async #dispose(target: object): Promise<void> {
    try {
      const { [Symbol.asyncDispose]: asyncDispose, [Symbol.dispose]: dispose } = target as Partial<
        AsyncDisposable & Disposable
      >;
      if (typeof asyncDispose === 'function') await asyncDispose.call(target);
      else if (typeof dispose === 'function') dispose.call(target);
    } catch (error) {
      this.#onError(error, target);
    }
  }
}
