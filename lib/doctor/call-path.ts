import { fork } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { valueOf } from '../errors/outcome.js';
import { native } from '../native/addon.js';
import { type Check, checkOf } from './check.js';

/** How long the server process may take to end, in milliseconds. */
const endTimeout = 5000;

/** Whether COM offers asynchronous calls on a proxy: asked of a server in another process. */
export async function checkPath(wine: string | null, mapped: boolean): Promise<Check> {
  const { ok, limited, wrong } = checkOf('path', 'asynchronous calls');
  let offered: boolean;
  try {
    offered = await proxiesHaveCallFactory();
  } catch (error) {
    return wrong(
      `this process could not connect to a server in another process: ${String(error)}`,
      'async-com needs this for everything else. Fix it first.',
    );
  }
  if (offered && mapped) return ok('proxies have ICallFactory: calls take the system path');
  if (wine !== null) {
    return limited(
      'proxies have no ICallFactory: calls take the bridge',
      'Wine has no asynchronous calls. async-com makes the call objects itself.',
    );
  }
  if (!mapped) {
    return limited(
      'the asynchronous mapping is missing: calls take the bridge',
      'Register a server. async-com register writes the mapping.',
    );
  }
  return wrong(
    'proxies have no ICallFactory: calls take the bridge',
    'Windows should offer it, because the asynchronous mapping is in the registry.',
  );
}

async function proxiesHaveCallFactory(): Promise<boolean> {
  const clsid = `{${randomUUID()}}`;
  const server = fork(fileURLToPath(new URL('./server-process.js', import.meta.url)), [clsid]);
  const exited = once(server, 'exit').then(([code]) => {
    throw new Error(`the server process ended with exit code ${String(code)}`);
  });
  try {
    await Promise.race([once(server, 'message'), exited]);
    const connection = valueOf(await native.connect(clsid));
    try {
      return connection.hasCallFactory;
    } finally {
      connection.close();
    }
  } finally {
    // The server process ends when it is disconnected. On Wine its end can hang.
    const timer = setTimeout(() => server.kill(), endTimeout);
    if (server.connected) server.disconnect();
    await exited.catch(() => undefined);
    clearTimeout(timer);
  }
}
