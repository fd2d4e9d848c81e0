import type { Rule } from './rule.js';
import { beginReturnRules } from './begin-return.js';
import { callFactoryRules } from './call-factory.js';
import { callRules } from './calls.js';
import { duplicateRules } from './duplicate.js';
import { isolationRules } from './isolation.js';
import { securityRules } from './security.js';
import { serverSecurityRules } from './server-security.js';
import { signalRules } from './signal.js';

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
