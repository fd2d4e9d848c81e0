import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

/**
 * Runs a program of this folder, which writes a line for each promise, and checks that it kept these
 * promises and no others.
 */
export async function keeps(program: string, promises: readonly string[]): Promise<void> {
  const path = resolve(`build/tests/build/Release/native_${program}.exe`);
  const { stdout } = await promisify(execFile)(path, { timeout: 20_000 });
  assert.deepEqual(
    stdout.trim().split(/\r?\n/),
    promises.map((promise) => `kept ${promise}`),
  );
}
