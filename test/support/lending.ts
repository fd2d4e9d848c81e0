/**
 * The two ways in which a call over the bridge can run, for tests of promises that hold for both: a
 * thread is lent for Begin_, or Begin_ waits and has no thread.
 */
export const lendings: readonly (readonly [how: string, lent: boolean])[] = [
  ['without a thread', false],
  ['with a thread lent', true],
];
