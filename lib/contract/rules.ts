import type { Rule } from './rule.js';
import { beginReturnRules } from './rules/begin-return.js';
import { duplicateRules } from './rules/duplicate.js';
import { isolationRules } from './rules/isolation.js';
import { securityRules } from './rules/security.js';
import { serverSecurityRules } from './rules/server-security.js';
import { signalRules } from './rules/signal.js';

/** The contract, in its order. */
export const rules: readonly Rule[] = [
  ...signalRules,
  ...beginReturnRules,
  ...serverSecurityRules,
  ...isolationRules,
  ...duplicateRules,
  ...securityRules,
].sort((a, b) => a.id.localeCompare(b.id, 'en', { numeric: true }));
