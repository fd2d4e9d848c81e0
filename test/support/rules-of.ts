import type { Rule } from '#lib/verify/rules/rule.js';
import { rules } from '#lib/verify/rules/all-rules.js';

/** Returns the rules whose ids begin with `family`. */
export function rulesOf(family: 'IMP' | 'CALL' | 'SEC'): Rule[] {
  return rules.filter(({ id }) => id.startsWith(`${family}-`));
}
