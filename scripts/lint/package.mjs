// Checks the package as npm gets it: its manifest and the files that it names, and its types.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runAttached } from '../common/child.mjs';
import { runCommand } from '../common/command.mjs';
import { inRoot } from '../common/project.mjs';

const kPublint = inRoot('node_modules', 'publint', 'src', 'cli.js');
const kTypesWrong = inRoot('node_modules', '@arethetypeswrong', 'cli', 'dist', 'index.js');

/** @returns {Promise<boolean>} whether no problem was found */
export async function checkPackage() {
  const folder = mkdtempSync(join(tmpdir(), 'async-com-package-'));
  try {
    await runCommand('npm', ['pack', '--pack-destination', folder]);
    const { version } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'));
    const tarball = join(folder, `async-com-${version}.tgz`);
    const results = [
      await runAttached(process.execPath, [kPublint, tarball, '--strict']),
      await runAttached(process.execPath, [kTypesWrong, tarball, '--profile', 'esm-only', '-q']),
    ];
    return results.every((exitCode) => exitCode === 0);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
