// Compares by how much processes have grown.
import type { Growth, Result } from './part.js';

/** By how much more a process may grow than the one that it is compared with, per unit. */
export type Tolerance = Readonly<Record<'handles' | 'threads' | 'bytes', number>>;

/** Returns one sentence for each resource of which `ours` takes more, per unit, than `plain`. */
export function growsFaster(
  { growth }: Result,
  ours: string,
  plain: string,
  tolerance: Tolerance,
): string[] {
  const one = growth[ours];
  const other = growth[plain];
  if (one === undefined || other === undefined) return [`nobody measured ${ours} and ${plain}`];
  return (['handles', 'threads', 'bytes'] as const).flatMap((resource) => {
    const [mine, theirs] = [perUnit(one, resource), perUnit(other, resource)];
    if (mine <= Math.max(theirs, 0) + tolerance[resource]) return [];
    return [`${ours} grows by ${mine} ${resource} a unit, and ${plain} by ${theirs}`];
  });
}

function perUnit(growth: Growth, resource: keyof Tolerance): number {
  return growth[resource] / Math.max(growth.units, 1);
}
