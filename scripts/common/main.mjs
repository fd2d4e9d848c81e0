import { mkdirSync } from 'node:fs';

import { inCache, onWindows } from './project.mjs';
import { say, SetupError } from './step.mjs';

/**
 * Runs a script's main function. Its result is the exit code. If a step of set-up fails, prints the
 * advice of the step.
 * @param {() => Promise<number | void>} main
 */
export async function runMain(main) {
  try {
    keepTemporaryFilesInside();
    process.exitCode = (await main()) ?? 0;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    say(`✗ ${error.message}\n  ${error.advice}`);
    process.exitCode = 1;
  }
}

/** Compilers leave temporary files behind. */
function keepTemporaryFilesInside() {
  if (onWindows) return;
  process.env.TMPDIR = inCache('tmp');
  mkdirSync(process.env.TMPDIR, { recursive: true });
}
