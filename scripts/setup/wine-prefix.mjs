import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { kWine, kWineFolder, kWinePrefix, kWineServer, wineEnvironment } from '../windows/wine.mjs';
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

/**
 * An earlier try that was cut short may still be writing there.
 * @param {string} prefix
 * @param {NodeJS.ProcessEnv} env
 */
async function endInterrupted(prefix, env) {
  if (existsSync(prefix)) await runCommand(kWineServer, ['--kill'], { env }).catch(() => '');
}
