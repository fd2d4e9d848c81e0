import { requireObject } from '../errors/arguments.js';
import type { Scope } from './entries.js';

/** The options of {@link unregister}. {@link register} has them as well. */
export interface UnregisterOptions {
  /**
   * Whether the registration is for everybody on this machine
   * (`HKEY_LOCAL_MACHINE\Software\Classes`, which needs administrator rights) or only for this user
   * (`HKEY_CURRENT_USER\Software\Classes`). COM ignores a user's registrations in programs that run
   * as administrator. Default `false`: for this user.
   *
   * @see https://learn.microsoft.com/en-us/previous-versions/bb756926(v=msdn.10)
   */
  readonly perMachine?: boolean;

  /** Whether to change nothing, and only return what would be changed. Default `false`. */
  readonly dryRun?: boolean;
}

/**
 * Checks the options, and returns them with their defaults.
 *
 * @throws TypeError - When an option is wrong. The message names it.
 */
export function requireOptions(options: UnregisterOptions): { scope: Scope; dryRun: boolean } {
  requireObject(options);
  const { perMachine = false, dryRun = false } = options;
  if (typeof perMachine !== 'boolean') throw new TypeError('options.perMachine must be a boolean');
  if (typeof dryRun !== 'boolean') throw new TypeError('options.dryRun must be a boolean');
  return { scope: perMachine ? 'machine' : 'user', dryRun };
}
