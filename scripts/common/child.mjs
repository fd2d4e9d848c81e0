// Runs a program in place of this process: it has this process's output, it receives the signals
// sent to this process, and its exit code becomes the result.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

import { onWindows, root } from './project.mjs';

/**
 * Milliseconds from a signal to the kill of a program that has not ended. `async-com serve` takes up to
 * seven seconds to close.
 */
const kGraceToEnd = 10_000;

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<number>} the exit code
 */
export function runAttached(command, args, options = {}) {
  // On Linux the program has a session of its own, so that Ctrl-C reaches it once, from this
  // process. On Windows the console sends Ctrl-C to both.
  const child = spawn(command, args, {
    cwd: root,
    detached: !onWindows,
    stdio: ['ignore', 'inherit', 'inherit'],
    killSignal: 'SIGKILL',
    ...options,
  });
  /** @type {NodeJS.Signals | undefined} */
  let received;
  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    if (received) child.kill('SIGKILL');
    else if (!onWindows) child.kill(signal);
    received = signal;
    setTimeout(() => child.kill('SIGKILL'), kGraceToEnd).unref();
  };
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  signals.forEach((signal) => process.on(signal, onSignal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => {
      signals.forEach((name) => process.off(name, onSignal));
      const ended = received ?? signal;
      resolve(ended ? 128 + constants.signals[ended] : (code ?? 1));
    });
  });
}
