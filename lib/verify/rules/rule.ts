import type { Scene } from '../scene/scene.js';

/** A page of the Windows documentation. */
export interface Source {
  readonly title: string;
  readonly url: string;
}

/** A promise of the contract, with what observes it on a real thread of a real call. */
export interface Rule {
  readonly id: string;
  readonly promise: string;

  /**
   * `'documented'`: Windows promises it, on the page {@link source} names. `'product'`: the
   * documentation is silent and async-com promises it; never a finding about Windows.
   */
  readonly basis: 'documented' | 'product';
  readonly source: Source;

  /** Plays the scene and looks. What it sees, the scene keeps. */
  readonly observe: (scene: Scene) => Promise<void>;
}

export type Verdict = 'holds' | 'broken' | 'not observable here';
