import { randomUUID } from 'node:crypto';

/**
 * Returns a new CLSID. With one for each test, nothing of an earlier test can answer for its
 * server.
 */
export function newClsid(): string {
  return `{${randomUUID()}}`;
}
