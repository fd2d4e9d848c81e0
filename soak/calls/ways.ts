/** How a handler can hold its call. */
export const ways = ['plain', 'lent', 'impersonating', 'begin returned', 'signalled'] as const;
export type Way = (typeof ways)[number];
