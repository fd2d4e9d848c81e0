/**
 * Both ways that a call over the bridge can go, for tests of what is promised of either: its handler
 * has a thread lent for Begin_, or Begin_ waits and has none.
 */
export const lendings: readonly (readonly [how: string, lent: boolean])[] = [
  ['without a thread', false],
  ['with a thread lent', true],
];
