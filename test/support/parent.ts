import { isMainThread, parentPort } from 'node:worker_threads';

import type { ErrorParts, FromFixture, ToFixture } from './child.js';

// The other end of support/child.ts, in a fixture: of a process, or of a worker in one.

export type Commands = Record<string, (...args: never[]) => unknown>;

/** Tells the test that something has happened. */
export function tell(event: string, value?: unknown): void {
  post({ event, value });
}

/** Answers the test's commands from now on, and says that the fixture is ready. */
export function serve(commands: Commands): void {
  const receive = (message: unknown) => {
    void answer(commands, message as ToFixture);
  };
  if (isMainThread) process.on('message', receive);
  else parentPort?.on('message', receive);
  tell('ready');
}

/** What of an error a message can carry. */
export function partsOf(error: unknown): ErrorParts {
  const { name, message, hresult, code, origin, source } = error as ErrorParts;
  return { name, message, hresult, code, origin, source };
}

async function answer(commands: Commands, { id, command, args }: ToFixture): Promise<void> {
  const run = commands[command];
  if (id === 0) {
    // Nobody waits for it: what it throws is nobody's, as in a program of a user.
    setImmediate(() => run?.(...(args as never[])));
    return;
  }
  try {
    if (run === undefined) throw new Error(`the fixture has no command ${command}`);
    post({ reply: id, value: await run(...(args as never[])) });
  } catch (error) {
    post({ reply: id, error: partsOf(error) });
  }
}

function post(message: FromFixture): void {
  if (isMainThread) process.send?.(message);
  else parentPort?.postMessage(message);
}
