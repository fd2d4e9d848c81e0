// Who uses the Wine prefix. The last to leave ends what is left running in it; nobody else's
// programs are touched.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { withLock } from '../common/lock.mjs';
import { kWineFolder, kWineServer, wineEnvironment } from './wine.mjs';

const kUsers = join(kWineFolder, 'users');
const kMine = join(kUsers, String(process.pid));

export const enterWine = () =>
  withLock('wine', async () => {
    mkdirSync(kUsers, { recursive: true });
    writeFileSync(kMine, '');
  });

export const leaveWine = () =>
  withLock('wine', async () => {
    rmSync(kMine, { force: true });
    if (!readdirSync(kUsers).some(isAlive)) {
      spawnSync(kWineServer, ['--kill'], { env: wineEnvironment(), stdio: 'ignore' });
    }
  });

/** @param {string} user a process id; one that ended without leaving is forgotten */
function isAlive(user) {
  try {
    process.kill(Number(user), 0);
    return true;
  } catch {
    rmSync(join(kUsers, user), { force: true });
    return false;
  }
}
