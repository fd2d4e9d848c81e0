import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { inRoot } from './project.mjs';
import { SetupError } from './step.mjs';

/** The name of a file of tests that take long ends so. */
export const kLongTest = /\.long\.test\.[jt]s$/;

/** `--long`, and the options of mocha that `npm test` passes on. */
const kOptions = /** @type {const} */ ({
  bail: { type: 'boolean', short: 'b' },
  fgrep: { type: 'string', short: 'f' },
  'forbid-only': { type: 'boolean' },
  grep: { type: 'string', short: 'g' },
  invert: { type: 'boolean', short: 'i' },
  long: { type: 'boolean' },
  retries: { type: 'string' },
  timeout: { type: 'string', short: 't' },
});

/**
 * Reads the arguments of `npm test`: test files or folders, and options of mocha.
 * @param {string[]} commandLine
 * @returns {{ paths: string[], long: boolean, args: string[] }} paths with slashes, below test/ and
 *   without it; whether to run the tests that take long, and not the others; the arguments for mocha
 */
export function testArguments(commandLine) {
  const {
    values: { long = false, ...values },
    positionals,
  } = parsed(commandLine);
  const paths = positionals.map((arg) => {
    const path = arg.replaceAll('\\', '/').replace(/^\.\//, '').replace(/\/$/, '');
    if (!/^test\/.+/.test(path) || !existsSync(inRoot(path)) || isOtherFile(path)) {
      throw wrong(`${arg} is neither a test file nor a folder of tests`);
    }
    return path.slice('test/'.length);
  });
  const args = Object.entries(values).flatMap(([name, value]) =>
    typeof value === 'string' ? [`--${name}`, value] : [`--${name}`],
  );
  return { paths, long: long === true, args };
}

/** @param {string[]} commandLine */
function parsed(commandLine) {
  try {
    return parseArgs({ args: commandLine, options: kOptions, allowPositionals: true });
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}

/** @param {string} path */
function isOtherFile(path) {
  return /\.\w+$/.test(path) && !path.endsWith('.test.ts');
}

/** @param {string} what */
function wrong(what) {
  return new SetupError(
    'Arguments of npm test',
    what,
    "Name a file such as test/value/value.test.ts, or a folder, or select tests: --grep 'second begin'.",
  );
}
