import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { requireObject } from '../errors/arguments.js';
import type { ServeOptions } from './server-host.js';
import type { ServerOptions } from './server-options.js';
import { Server } from './server.js';

/** A module with servers. */
export interface ServerModule {
  /** The module's absolute path. */
  readonly path: string;
  readonly servers: readonly Server[];
  /** How long the module wants its process to wait for clients. */
  readonly serveOptions: Omit<ServeOptions, 'embedding'>;
}

/** An error of the module itself, which is its `cause`. */
export class ModuleError extends Error {}

/**
 * Imports a module whose default export is a server, the options of one, or an array of these. The
 * module may also export `serveOptions`.
 *
 * @param path - The module's path, absolute or relative to the current folder.
 * @throws Error - When there is no such file, it has no such export, or it throws. An error of the
 *   module is the `cause`.
 * @throws TypeError - When an option is wrong. The message names it.
 */
export async function importServers(path: string): Promise<ServerModule> {
  const absolute = resolve(path);
  try {
    await stat(absolute);
  } catch (cause) {
    throw new Error(`there is no module ${absolute}`, { cause });
  }
  const { default: exported, serveOptions = {} } = await load(absolute);
  const list: readonly unknown[] = Array.isArray(exported) ? exported : [exported];
  if (exported === undefined || list.length === 0) {
    throw new Error(`${absolute} must export its servers, or their options, as the default export`);
  }
  requireObject(serveOptions, 'serveOptions');
  return { path: absolute, servers: list.map(serverOf), serveOptions };
}

async function load(path: string): Promise<{ default?: unknown; serveOptions?: ServeOptions }> {
  try {
    return (await import(pathToFileURL(path).href)) as object;
  } catch (cause) {
    // The message of a syntax error does not name the file.
    throw new ModuleError(`${path} cannot be loaded: ${String(cause)}`, { cause });
  }
}

function serverOf(one: unknown): Server {
  return one instanceof Server ? one : new Server(one as ServerOptions);
}
