import { constants } from 'node:os';

const kGraceToEnd = 3_000;

/**
 * Waits for the child's end; a signal to us ends it first.
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<number>}
 */
export function finished(child) {
  /** @type {NodeJS.Signals | undefined} */
  let received;
  /** @param {NodeJS.Signals} signal */
  const onSignal = (signal) => {
    child.kill(received ? 'SIGKILL' : signal);
    received = signal;
    setTimeout(() => child.kill('SIGKILL'), kGraceToEnd).unref();
  };
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  signals.forEach((signal) => process.on(signal, onSignal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      signals.forEach((name) => process.off(name, onSignal));
      const ended = received ?? signal;
      resolve(ended ? 128 + constants.signals[ended] : (code ?? 1));
    });
  });
}
