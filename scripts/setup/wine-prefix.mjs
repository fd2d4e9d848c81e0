import { cpSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';

import {
  kFurtherPrefixes,
  kWine,
  kWineFolder,
  kWinePrefix,
  kWineServer,
  wineEnvironment,
} from '../windows/wine.mjs';
import { runCommand } from '../common/command.mjs';
import { inCache, root } from '../common/project.mjs';
import { runStep } from '../common/step.mjs';

export const makeWinePrefix = () =>
  runStep({
    name: 'Wine prefix',
    stamp: join(kWinePrefix, '.set-up'),
    settings: { root, windows: 'win10' }, // Wine's own links into the prefix are absolute
    advice:
      'See what Wine says above. To start anew, delete .cache/wine and run the command again.',
    async work() {
      const partial = join(kWineFolder, 'prefix.partial');
      const env = { ...wineEnvironment(partial), WINEDEBUG: 'fixme-all,-wineboot' };
      await endInterrupted(partial, env);
      rmSync(partial, { recursive: true, force: true });
      mkdirSync(partial, { recursive: true });
      mkdirSync(inCache('wine', 'home'), { recursive: true });
      await runCommand(kWine, ['wineboot.exe', '--init'], { env });
      // node.exe refuses to run on older ones.
      await runCommand(kWine, ['winecfg.exe', '-v', 'win10'], { env });
      await runCommand(kWineServer, ['--wait'], { env });
      rmSync(kWinePrefix, { recursive: true, force: true });
      renameSync(partial, kWinePrefix);
    },
  });

/** What Wine writes to in place, or names its running server by: no copy may share it. */
const kOfEach = ['system.reg', 'user.reg', 'userdef.reg'];
const kOfRunning = ['wineserver'];

/** The further prefixes: the first one as it is now, with its files as links, since nobody writes them. */
export async function makeFurtherPrefixes() {
  for (const prefix of kFurtherPrefixes) {
    await runStep({
      name: `Wine prefix: copy ${basename(prefix)}`,
      stamp: join(prefix, '.set-up-copy'),
      files: [join(kWinePrefix, '.set-up')],
      advice: 'To start anew, delete .cache/wine and run the command again.',
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
 * An earlier try that was cut short may still be writing there.
 * @param {string} prefix
 * @param {NodeJS.ProcessEnv} env
 */
async function endInterrupted(prefix, env) {
  if (existsSync(prefix)) await runCommand(kWineServer, ['--kill'], { env }).catch(() => '');
}
