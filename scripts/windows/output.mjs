// The output of a program under Wine. node.exe there cannot write to a pipe of this system, and
// Wine redraws a terminal as a Windows console; a file it writes to like any other. So its output
// is a file, passed on while it grows.
import { closeSync, mkdirSync, openSync, readSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { kWineFolder } from './wine.mjs';

const kLookEvery = 30;

let made = 0;

/**
 * Where what a program prints goes to.
 * @typedef {Record<'stdout' | 'stderr', { write(text: string | Buffer): unknown }>} Output
 */

/**
 * Runs a program with the options that make its output come to `output`.
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
 * @returns a descriptor to give to the program, and what to call when the program has ended
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

/** What the program would have asked the terminal: it sees a file. */
function terminalVariables() {
  const { isTTY, columns } = process.stdout;
  const colour = isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };
  return {
    ...(columns > 0 ? { COLUMNS: String(columns) } : {}),
    ...('NO_COLOR' in process.env || 'FORCE_COLOR' in process.env ? {} : colour),
  };
}
