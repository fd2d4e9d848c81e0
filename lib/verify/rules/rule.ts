import type { Scene } from '../scene/scene.js';

/** A page of the Windows documentation. */
export interface Source {
  readonly title: string;
  readonly url: string;
}

/** A promise of the contract, and the scene that checks it on a real thread of a real call. */
export interface Rule {
  readonly id: string;
  readonly promise: string;

  /**
   * `'documented'`: Windows promises it, on the page that {@link source} names. `'product'`: the
   * documentation says nothing, and async-com promises it. It is never a finding about Windows.
   */
  readonly basis: 'documented' | 'product';
  readonly source: Source;

  /** Plays the scene. The scene records what it observes. */
  readonly observe: (scene: Scene) => Promise<void>;
}

export type Verdict = 'holds' | 'broken' | 'not observable here';
