import { type HostReport, systemPathIsDue } from '#lib/verify/report/report.js';
import type { Verdict } from '#lib/verify/rules/rule.js';

/** What a rule about impersonation or calls comes to on a host where all is well. */
export function expectedVerdict(id: string, host: HostReport): Verdict {
  // On the system path the thread is COM's again by then.
  return id === 'IMP-16' && systemPathIsDue(host) ? 'not observable here' : 'holds';
}

/** The only path that calls may take to a server with a call object. */
export function expectedPath(host: HostReport): 'system' | 'bridge' | 'double' {
  if (host.double !== null) return 'double';
  return systemPathIsDue(host) ? 'system' : 'bridge';
}
