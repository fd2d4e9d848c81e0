import type { Rule } from './rule.js';
import { beginReturnRules } from './rules/begin-return.js';
import { callFactoryRules } from './rules/call-factory.js';
import { callRules } from './rules/calls.js';
import { duplicateRules } from './rules/duplicate.js';
import { isolationRules } from './rules/isolation.js';
import { securityRules } from './rules/security.js';
import { serverSecurityRules } from './rules/server-security.js';
import { signalRules } from './rules/signal.js';

/** The contract, in its order. */
export const rules: readonly Rule[] = inOrder([
  ...signalRules,
  ...beginReturnRules,
  ...serverSecurityRules,
  ...isolationRules,
  ...duplicateRules,
  ...callFactoryRules,
  ...callRules,
  ...securityRules,
]);

function inOrder(all: readonly Rule[]): readonly Rule[] {
  const parts = ['IMP', 'CALL', 'SEC'];
  const place = ({ id }: Rule): number => {
    const [part = '', number = ''] = id.split('-');
    return parts.indexOf(part) * 100 + Number(number);
  };
  return [...all].sort((a, b) => place(a) - place(b));
}
