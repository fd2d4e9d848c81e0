import { valueOf } from '../errors/outcome.js';
import { endProcess, startProcess } from '../ipc/channel.js';
import { native } from '../native/addon.js';
import { newClsid } from '../value/identifiers.js';
import { type Check, checkOf } from './check.js';

/** How long the server process may take to end, in milliseconds. */
const endTimeout = 5000;

/** Checks whether COM offers asynchronous calls on the proxy of a server in another process. */
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
      'Register a server. `async-com register` writes the mapping.',
    );
  }
  return wrong(
    'proxies have no ICallFactory: calls take the bridge',
    'Windows should offer it, because the asynchronous mapping is in the registry.',
  );
}

async function proxiesHaveCallFactory(): Promise<boolean> {
  const clsid = newClsid();
  const script = new URL('./server-process.js', import.meta.url);
  const { process } = await startProcess(script, [clsid], { name: 'the server process' });
  try {
    const connection = valueOf(await native.connect(clsid));
    try {
      return connection.hasCallFactory;
    } finally {
      connection.close();
    }
  } finally {
    await endProcess(process, endTimeout);
  }
}
