import { randomUUID } from 'node:crypto';

/** A class of its own for each test: nothing that an earlier one left behind can answer for it. */
export function newClsid(): string {
  return `{${randomUUID()}}`;
}
