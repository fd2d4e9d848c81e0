// The other end of support/child.ts, in a fixture. The fixture is a process, or a worker in a
// process.
import { connectToParent } from '#lib/ipc/channel.js';

import type { ChildFunctions, TestFunctions } from './child.js';

export { partsOf } from '#lib/ipc/channel.js';

export type Commands = Record<string, (...args: never[]) => unknown>;

let commands: Commands = {};

const test = connectToParent<TestFunctions>({
  ask(command, ...args) {
    const run = commands[command];
    if (run === undefined) throw new Error(`the fixture has no command ${command}`);
    return run(...(args as never[]));
  },
  tell(command, ...args) {
    // Nothing waits for this command. Its error is an uncaught exception, as in a user's program.
    setImmediate(() => commands[command]?.(...(args as never[])));
  },
} satisfies ChildFunctions);

/** Tells the test that something has happened. */
export function tell(event: string, value?: unknown): void {
  void test.event.asEvent(event, value);
}

/** Runs the test's commands from now on, and reports that the fixture is ready. */
export function serve(answers: Commands): void {
  commands = answers;
  tell('ready');
}
