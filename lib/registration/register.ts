import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { requireText } from '../errors/arguments.js';
import { native } from '../native/addon.js';
import { importServers } from '../server/server-module.js';
import type { Server } from '../server/server.js';
import { requireProgId } from '../value/identifiers.js';
import { whileLocked } from './async-mapping.js';
import { type LeftValue, make, planRegistration } from './changes.js';
import { commandLineOf } from './command-line.js';
import {
  clsidKey,
  hiveOf,
  progIdKey,
  progIdsOf,
  type RegisteredClass,
  type RegistryEntry,
  type Scope,
} from './entries.js';
import { requireOptions, type UnregisterOptions } from './options.js';
import { recordsIn } from './record.js';
import { isSame, readKey, readText, type RegistryPlace } from './registry.js';
import { readTypeLibrary } from './type-library.js';
import { withLists } from './with-lists.js';

/** The options of {@link register}. */
export interface RegisterOptions extends UnregisterOptions {
  /**
   * The arguments of the module: it finds them in `process.argv`, from the third element on.
   * Default: no arguments.
   */
  readonly args?: readonly string[];

  /**
   * The command-line options of Node itself, such as `'--enable-source-maps'`. Default: no options.
   */
  readonly nodeOptions?: readonly string[];

  /**
   * The path of the proxy/stub DLL, or `false` to register none. Clients that are not Node programs
   * need it. Programs with async-com do not. Default: `async_com_ps.dll` beside the addon.
   */
  readonly proxyStub?: string | false;

  /**
   * The path of a type library, which must describe one of the module's classes: `async-com typelib`
   * writes it. Clients then find it by its id. It must stay where it is. Default: no type library.
   *
   * @see https://learn.microsoft.com/en-us/windows/win32/midl/com-dcom-and-type-libraries
   */
  readonly typeLibrary?: string;
}

/** What {@link register} wrote: an array of registry values, with two more lists. */
export interface Registration extends Array<RegistryEntry> {
  /** The values that were not written, because somebody else has written them. */
  readonly left: readonly LeftValue[];

  /** What was removed: values and keys of an earlier registration that are not needed any more. */
  readonly removed: readonly RegistryPlace[];
}

/**
 * Registers the servers of a module, so that COM can start them: with Node and `async-com serve`. A
 * class that async-com has registered before is registered again. Entries that it no longer needs
 * are removed. A value that somebody else has written stays as it is.
 *
 * @param module - The path of a module whose default export is a server, the options of one, or an
 *   array of these. The module is imported.
 * @param options - For whom to register, and how COM starts the module.
 * @returns The registry values that were written or, with `dryRun`, would be written. The array also
 *   has two lists as properties: `left`, the values of others that stay as they are, and `removed`,
 *   what an earlier registration of the class had and this one does not need.
 * @throws TypeError - When an argument is wrong. The message names it.
 * @throws Error - When the module does not exist or has no servers, when two of its servers have
 *   the same CLSID or ProgID, when the proxy/stub does not exist, when the CLSID or a ProgID belongs
 *   to another program, or when somebody has changed a value that an earlier registration of the
 *   class wrote. The message names the key. When the type library describes no class of the module.
 *   Also every error of the module.
 * @throws ComError - When the registry refuses access, most often for lack of rights. The message
 *   names the key, and nothing is written. Also when another process holds the lock for too long.
 *   When the type library cannot be read.
 * @see https://learn.microsoft.com/en-us/windows/win32/com/localserver32
 * @example
 * await register('acme-files.mjs', { perMachine: true });
 */
export async function register(
  module: string,
  options: RegisterOptions = {},
): Promise<Registration> {
  requireText(module, 'module');
  const { scope, dryRun } = requireOptions(options);
  const { args = [], nodeOptions = [] } = options;
  requireTexts(args, 'options.args');
  requireTexts(nodeOptions, 'options.nodeOptions');
  const dll = proxyStubOf(options.proxyStub);
  if (options.typeLibrary !== undefined) requireText(options.typeLibrary, 'options.typeLibrary');
  const { path, servers } = await importServers(module);
  const commandLine = commandLineOf(process.execPath, [
    ...nodeOptions,
    fileURLToPath(new URL('../cli/main.js', import.meta.url)),
    'serve',
    path,
    ...args,
  ]);
  requireDistinct(servers);
  const clsids = servers.map(({ clsid }) => clsid);
  const { typeLibrary: file } = options;
  const library = file === undefined ? null : await readTypeLibrary(file, clsids);
  const coming = servers.map((server) => ({
    one: registeredClassOf(server, commandLine),
    proxyStub: dll,
    typeLibrary: library?.classes.includes(server.clsid) === true ? library : null,
  }));
  const changes = await whileLocked(scope, () => {
    const known = recordsIn(scope).filter(({ written }) => written.length > 0);
    for (const { one } of coming) {
      requireNotForeign(
        scope,
        one,
        known.some(({ clsid }) => isSame(clsid, one.clsid)),
      );
    }
    const planned = planRegistration(scope, coming);
    if (!dryRun) make(planned);
    return planned;
  });
  const { values, records, removal, left } = changes;
  return withLists([...values, ...records], {
    left,
    removed: [...removal.values, ...removal.keys],
  });
}

/** Returns the path of the proxy/stub DLL beside the addon that this process has loaded. */
export function defaultProxyStub(): string {
  return join(dirname(native.addonPath()), 'async_com_ps.dll');
}

function registeredClassOf(server: Server, commandLine: string): RegisteredClass {
  const [progId, independent] = server.progId === null ? [null, null] : progIdsOf(server.progId);
  if (progId !== null) requireProgId(progId, 'options.progId with its version');
  return {
    clsid: server.clsid,
    name: server.name,
    progId,
    versionIndependentProgId: independent,
    appId: server.clsid,
    commandLine,
    executable: process.execPath,
  };
}

/**
 * Checks that no two servers share a CLSID or a ProgID: only the one registered last would be
 * found.
 */
function requireDistinct(servers: readonly Server[]): void {
  const ids = servers.flatMap(({ clsid, progId }) => [
    clsid.toLowerCase(),
    ...(progId === null ? [] : progIdsOf(progId)).map((one) => one.toLowerCase()),
  ]);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) {
    throw new Error(`two servers of the module have the same CLSID or ProgID: ${twice}`);
  }
}

/**
 * Checks that the CLSID and the ProgIDs do not belong to another program. To overwrite them would
 * break that program, and unregister could not restore them.
 */
function requireNotForeign(scope: Scope, one: RegisteredClass, known: boolean): void {
  const hive = hiveOf(scope);
  if (!known && readKey(hive, clsidKey(one.clsid)) !== null) {
    throw new Error(
      `the CLSID is registered already, and not by async-com: ${hive}\\${clsidKey(one.clsid)}`,
    );
  }
  for (const progId of [one.progId, one.versionIndependentProgId]) {
    if (progId === null) continue;
    const owner = readText(hive, `${progIdKey(progId)}\\CLSID`);
    if (owner !== undefined && !isSame(owner, one.clsid)) {
      throw new Error(
        `the ProgID ${progId} belongs to another class, ${owner}: ${hive}\\${progIdKey(progId)}`,
      );
    }
  }
}

function proxyStubOf(option: unknown): string | null {
  if (option === false) return null;
  if (option !== undefined && typeof option !== 'string') {
    throw new TypeError('options.proxyStub must be the path of a DLL, or false');
  }
  const dll = resolve(option ?? defaultProxyStub());
  if (!existsSync(dll)) {
    throw new Error(
      `the proxy/stub DLL does not exist: ${dll}. It is built with the addon. If every client is a ` +
        'Node program with async-com, it is not needed: register without it (proxyStub: false, ' +
        '--no-proxy-stub)',
    );
  }
  return dll;
}

function requireTexts(value: unknown, name: string): void {
  const isText = (one: unknown): boolean => typeof one === 'string' && !one.includes('\0');
  if (!Array.isArray(value) || !value.every(isText)) {
    throw new TypeError(`${name} must be an array of strings without null characters`);
  }
}
