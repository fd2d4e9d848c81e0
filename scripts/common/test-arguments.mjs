import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { inRoot } from './project.mjs';
import { SetupError } from './step.mjs';

/** The options of mocha that `npm test` passes on. */
const kOptions = /** @type {const} */ ({
  bail: { type: 'boolean', short: 'b' },
  fgrep: { type: 'string', short: 'f' },
  'forbid-only': { type: 'boolean' },
  grep: { type: 'string', short: 'g' },
  invert: { type: 'boolean', short: 'i' },
  retries: { type: 'string' },
  timeout: { type: 'string', short: 't' },
});

/**
 * Reads the arguments of `npm test`: test files or folders, and options of mocha.
 * @param {string[]} commandLine
 * @returns {{ paths: string[], args: string[] }} paths with slashes, below test/ and without it;
 *   the arguments for mocha
 */
export function testArguments(commandLine) {
  const { values, positionals } = parsed(commandLine);
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
  return { paths, args };
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
