import { native } from '../native/addon.js';
import { processToken } from '../security/thread-token.js';
import type { Scope } from './entries.js';

/**
 * Whose registrations COM reads for this process beside the machine's: a process of more than medium
 * integrity, an administrator's, is given no classes of its user's own. Nor is any by Wine 8.0.
 *
 * @see https://learn.microsoft.com/en-us/previous-versions/bb756926(v=msdn.10)
 */
export async function scopeThatIsRead(): Promise<Scope> {
  if (native.wineVersion() !== null) return 'machine';
  const { integrity } = await processToken();
  return ['untrusted', 'low', 'medium'].includes(integrity?.level ?? 'medium') ? 'user' : 'machine';
}
