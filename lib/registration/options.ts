import { requireObject } from '../errors/arguments.js';
import type { Scope } from './entries.js';

/** What {@link register} and {@link unregister} both take. */
export interface UnregisterOptions {
  /**
   * For everybody on this machine (`HKEY_LOCAL_MACHINE\Software\Classes`, which takes
   * administrators' rights) instead of this user (`HKEY_CURRENT_USER\Software\Classes`). COM does
   * not look at a user's registrations for programs that run as administrator. Default `false`.
   */
  readonly perMachine?: boolean;

  /** Changes nothing, and tells what would be changed. Default `false`. */
  readonly dryRun?: boolean;
}

export function requireOptions(options: UnregisterOptions): { scope: Scope; dryRun: boolean } {
  requireObject(options);
  const { perMachine = false, dryRun = false } = options;
  if (typeof perMachine !== 'boolean') throw new TypeError('options.perMachine must be a boolean');
  if (typeof dryRun !== 'boolean') throw new TypeError('options.dryRun must be a boolean');
  return { scope: perMachine ? 'machine' : 'user', dryRun };
}

export function requirePath(value: unknown, name: string): asserts value is string {
  if (typeof value !== 'string' || value === '') throw new TypeError(`${name} must be a string`);
}
