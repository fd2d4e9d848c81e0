// The output of a program under Wine. node.exe cannot write to a pipe of Linux, and Wine redraws a
// terminal as a Windows console. node.exe can write to a file. So its output goes to a file, and
// this process passes on what the file receives.
import { closeSync, mkdirSync, openSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { kWineFolder } from './wine.mjs';

/** Milliseconds between two looks at the file. */
const kLookEvery = 30;

let made = 0;

/**
 * Receives what a program prints.
 * @typedef {Record<'stdout' | 'stderr', { write(text: string | Buffer): unknown }>} Output
 */

/**
 * Calls `run` with the options that send a program's output to `output`.
 * @param {Output | undefined} output
 * @param {(options: {
 *   stdio: ['ignore', number, number],
 *   env: NodeJS.ProcessEnv,
 * }) => Promise<number>} run
 */
export async function withRelayedOutput(output = process, run) {
  const stdout = relayed(output.stdout);
  const stderr = relayed(output.stderr);
  try {
    return await run({
      stdio: ['ignore', stdout.descriptor, stderr.descriptor],
      env: terminalVariables(),
    });
  } finally {
    stdout.end();
    stderr.end();
  }
}

/**
 * @param {Output['stdout']} target
 * @returns a descriptor to give to the program, and a function to call when the program has ended
 */
function relayed(target) {
  mkdirSync(kWineFolder, { recursive: true });
  const path = join(kWineFolder, `output-${process.pid}-${made++}`);
  const descriptor = openSync(path, 'ax');
  const reader = openSync(path, 'r');
  rmSync(path);
  const buffer = Buffer.alloc(65_536);
  const passOn = () => {
    for (let size; (size = readSync(reader, buffer)) > 0;) {
      target.write(Buffer.from(buffer.subarray(0, size)));
    }
  };
  const timer = setInterval(passOn, kLookEvery);
  return {
    descriptor,
    end() {
      clearInterval(timer);
      passOn();
      closeSync(reader);
      closeSync(descriptor);
    },
  };
}

/** Returns what the program cannot ask the terminal, because its output is a file. */
function terminalVariables() {
  const { isTTY, columns } = process.stdout;
  const colour = isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };
  return {
    ...(columns > 0 ? { COLUMNS: String(columns) } : {}),
    ...('NO_COLOR' in process.env || 'FORCE_COLOR' in process.env ? {} : colour),
  };
}
