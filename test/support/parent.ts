// The other end of support/child.ts, in a fixture: in a process, or in a worker of one.
import { connectToParent } from '#lib/verify/processes/channel.js';

import type { ChildFunctions, TestFunctions } from './child.js';

export { partsOf } from '#lib/verify/processes/channel.js';

export type Commands = Record<string, (...args: never[]) => unknown>;

let commands: Commands = {};

const test = connectToParent<TestFunctions>({
  ask(command, ...args) {
    const run = commands[command];
    if (run === undefined) throw new Error(`the fixture has no command ${command}`);
    return run(...(args as never[]));
  },
  tell(command, ...args) {
    // Nobody waits for it: what it throws is an uncaught exception, as in a user's program.
    setImmediate(() => commands[command]?.(...(args as never[])));
  },
} satisfies ChildFunctions);

/** Tells the test that something has happened. */
export function tell(event: string, value?: unknown): void {
  void test.event.asEvent(event, value);
}

/** Answers the test's commands from now on, and says that the fixture is ready. */
export function serve(answers: Commands): void {
  commands = answers;
  tell('ready');
}
