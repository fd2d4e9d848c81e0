// Runs other programs. Their output is shown only if they fail. Until they end, their newest line
// is shown as progress.
import { spawn } from 'node:child_process';

import { root } from './project.mjs';

const kPlainProgressEvery = 10_000;

/** Reports that a program did not start, or that it ended with an error. */
export class CommandError extends Error {
  /**
   * @param {string} message
   * @param {string} output what the program printed
   */
  constructor(message, output) {
    super(message);
    this.output = output;
  }
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<string>} what the program printed
 */
export function runCommand(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: root,
      ...options,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const progress = showProgress();
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text;
        progress.last(text);
      });
    }
    child.on('error', (error) => {
      progress.end();
      reject(new CommandError(`${command} could not be started: ${error.message}`, output));
    });
    child.on('close', (code, signal) => {
      progress.end();
      if (code === 0) resolve(output);
      else
        reject(new CommandError(`${command} ended with ${signal ?? `exit code ${code}`}`, output));
    });
  });
}

/**
 * Shows the newest line of output and the seconds since the start: always in the same line of a
 * terminal, every ten seconds in a log.
 */
function showProgress() {
  const { stderr } = process;
  const start = Date.now();
  let line = '';
  const show = () => {
    const text = `  … ${Math.round((Date.now() - start) / 1000)} s  ${line}`;
    if (stderr.isTTY) stderr.write(`\r\x1b[K${text.slice(0, stderr.columns - 1)}`);
    else stderr.write(`${text}\n`);
  };
  const timer = setInterval(show, stderr.isTTY ? 250 : kPlainProgressEvery);
  return {
    /** @param {string} text */
    last(text) {
      line =
        text
          .trimEnd()
          .split(/[\r\n]/)
          .at(-1) ?? line;
    },
    end() {
      clearInterval(timer);
      if (stderr.isTTY) stderr.write('\r\x1b[K');
    },
  };
}
