import { native } from '../native/addon.js';
import { processToken } from '../security/thread-token.js';
import type { Scope } from './entries.js';

/**
 * Returns the scope whose registrations COM reads for this process. `'user'` means this user's
 * registrations and those of the machine. COM ignores the user's registrations in a process whose
 * integrity level is above medium, such as an administrator's. Wine 8.0 ignores them in every
 * process.
 *
 * @see https://learn.microsoft.com/en-us/previous-versions/bb756926(v=msdn.10)
 */
export async function scopeThatIsRead(): Promise<Scope> {
  if (native.wineVersion() !== null) return 'machine';
  const { integrity } = await processToken();
  return ['untrusted', 'low', 'medium'].includes(integrity?.level ?? 'medium') ? 'user' : 'machine';
}
