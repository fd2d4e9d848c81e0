import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

import { runCommand } from '../common/command.mjs';
import { inCache, root } from '../common/project.mjs';
import { runStep } from '../common/step.mjs';
import {
  kFurtherPrefixes,
  kWine,
  kWineFolder,
  kWinePrefix,
  kWineServer,
  runs32BitPrograms,
  wineEnvironment,
} from './wine.mjs';

const kAdvice =
  'See what Wine says above. To start from nothing, delete .cache/wine and run the command again.';

/** Makes the project's Wine prefix. */
export const makeWinePrefix = () =>
  runStep({
    name: 'Wine prefix',
    stamp: join(kWinePrefix, '.set-up'),
    // The links that Wine makes in a prefix are absolute.
    settings: { root, windows: 'win10', ...(runs32BitPrograms() ? { x86: true } : {}) },
    advice: kAdvice,
    async work() {
      const partial = join(kWineFolder, 'prefix.partial');
      const env = {
        ...wineEnvironment(partial),
        WINEDEBUG: 'fixme-all,-wineboot',
        // With mscoree Wine would ask whether to download Mono.
        WINEDLLOVERRIDES: 'winemenubuilder.exe,mscoree,mshtml=d',
      };
      await endInterrupted(partial, env);
      rmSync(partial, { recursive: true, force: true });
      mkdirSync(partial, { recursive: true });
      mkdirSync(inCache('wine', 'home'), { recursive: true });
      await runCommand(kWine, ['wineboot.exe', '--init'], { env });
      // node.exe refuses to run on an older Windows.
      await runCommand(kWine, ['winecfg.exe', '-v', 'win10'], { env });
      await runCommand(kWineServer, ['--wait'], { env });
      rmSync(kWinePrefix, { recursive: true, force: true });
      renameSync(partial, kWinePrefix);
    },
  });

/** Files of a prefix that a copy must not share, because Wine writes to them in place. */
const kOfEach = ['system.reg', 'user.reg', 'userdef.reg'];
/** The file that leads to the running server of a prefix. */
const kOfRunning = ['wineserver'];

/** Copies the prefix. The copies' other files are hard links, since no program writes to them. */
export async function makeFurtherPrefixes() {
  for (const prefix of kFurtherPrefixes) {
    await runStep({
      name: `Wine prefix: copy ${basename(prefix)}`,
      stamp: join(prefix, '.set-up-copy'),
      files: [join(kWinePrefix, '.set-up')],
      advice: kAdvice,
      async work() {
        await endInterrupted(prefix, wineEnvironment(prefix));
        rmSync(prefix, { recursive: true, force: true });
        await runCommand('cp', ['--archive', '--link', kWinePrefix, prefix]);
        for (const name of [...kOfEach, ...kOfRunning]) rmSync(join(prefix, name), { force: true });
        for (const name of kOfEach) cpSync(join(kWinePrefix, name), join(prefix, name));
      },
    });
  }
}

/**
 * Ends Wine in a prefix that an earlier, interrupted run may still be writing to.
 * @param {string} prefix
 * @param {NodeJS.ProcessEnv} env
 */
async function endInterrupted(prefix, env) {
  if (existsSync(prefix)) await runCommand(kWineServer, ['--kill'], { env }).catch(() => '');
}
