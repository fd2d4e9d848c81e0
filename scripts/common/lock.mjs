// A lock between the processes of a clone. It is a local socket, so it is free again when its owner
// ends, also if the owner is killed.
import { statSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

import { onWindows, root } from './project.mjs';
import { say } from './step.mjs';

/**
 * Runs `work` while this process has the lock.
 * @template T
 * @param {string} name
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(name, work) {
  const release = await acquire(address(name));
  try {
    return await work();
  } finally {
    release();
  }
}

/** @param {string} name */
function address(name) {
  const { dev, ino } = statSync(root, { bigint: true });
  const id = `async-com-${name}-${dev}-${ino}`;
  return onWindows ? `\\\\.\\pipe\\${id}` : `\0${id}`;
}

/** @param {string} path */
async function acquire(path) {
  for (let waits = 0; ; waits++) {
    const server = await listen(path);
    if (server) return () => server.close();
    if (waits === 4) say('• Waiting: another set-up is running in this folder');
    await delay(250);
  }
}

/**
 * @param {string} path
 * @returns {Promise<import('node:net').Server | undefined>} undefined if another process has the
 *   lock
 */
function listen(path) {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy());
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(undefined);
      else reject(error);
    });
    server.listen(path, () => resolve(server));
  });
}
