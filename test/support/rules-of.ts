import type { Rule } from '#lib/verify/rules/rule.js';
import { rules } from '#lib/verify/rules/all-rules.js';

/** The rules of one family, by what their ids begin with. */
export function rulesOf(family: 'IMP' | 'CALL' | 'SEC'): Rule[] {
  return rules.filter(({ id }) => id.startsWith(`${family}-`));
}
