import type { Command } from 'commander';

/** The promise's value; its failure ends the command with a line on standard error and exit code 1. */
export async function orError<T>(command: Command, promise: Promise<T>): Promise<T> {
  try {
    return await promise;
  } catch (error) {
    command.error(`error: ${error instanceof Error ? error.message : String(error)}`);
  }
}
