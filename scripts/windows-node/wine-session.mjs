// Counts the processes that use the Wine prefixes. The last one to leave ends the programs that
// still run in them. Programs in other prefixes are not touched.
//
// A prefix's wineserver ends some time after its last program. A program that starts at that moment
// connects to it, and fails ("recvmsg: Connection reset by peer"). So it is kept running from the
// first process that enters to the last that leaves.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { withLock } from '../common/lock.mjs';
import {
  kFurtherPrefixes,
  kWineFolder,
  kWinePrefix,
  kWineServer,
  wineEnvironment,
} from './wine.mjs';

const kUsers = join(kWineFolder, 'users');
const kMine = join(kUsers, String(process.pid));

/** How often this process has entered. It is a user until it has left as often. */
let entered = 0;

/**
 * Does work in Wine. Programs that the work leaves behind run until this process has done all its
 * work.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function inWine(work) {
  await withLock('wine', enter);
  try {
    return await work();
  } finally {
    await withLock('wine', leave);
  }
}

async function enter() {
  if (entered++ > 0) return;
  mkdirSync(kUsers, { recursive: true });
  if (!isUsed()) server('--kill');
  writeFileSync(kMine, '');
  server('--persistent');
}

async function leave() {
  if (--entered > 0) return;
  rmSync(kMine, { force: true });
  if (!isUsed()) server('--kill');
}

/**
 * Ends the wineserver of each prefix and waits for its end, or starts it where none runs.
 * @param {'--kill' | '--persistent'} command
 */
function server(command) {
  for (const prefix of [kWinePrefix, ...kFurtherPrefixes].filter(existsSync)) {
    spawnSync(kWineServer, [command], { env: wineEnvironment(prefix), stdio: 'ignore' });
  }
}

function isUsed() {
  return readdirSync(kUsers).some(isAlive);
}

/**
 * @param {string} user a process id. If the process ended without leaving, its entry is removed.
 */
function isAlive(user) {
  try {
    process.kill(Number(user), 0);
    return true;
  } catch {
    rmSync(join(kUsers, user), { force: true });
    return false;
  }
}
