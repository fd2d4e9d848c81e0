import type { Command } from 'commander';

import { messageOf } from '../errors/message.js';

/**
 * Returns the promise's value. If the promise rejects, writes the error to standard error and ends
 * the command with exit code 1.
 */
export async function orError<T>(command: Command, promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    command.error(`error: ${messageOf(error)}`);
  }
}
