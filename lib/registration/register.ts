import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { native } from '../native/addon.js';
import { importServers } from '../server/server-module.js';
import type { Server } from '../server/server.js';
import { requireProgId } from '../value/identifiers.js';
import { whileLocked } from './async-mapping.js';
import { commandLineOf } from './command-line.js';
import {
  asyncMappingEntries,
  bookEntry,
  classEntries,
  clsidKey,
  hiveOf,
  progIdKey,
  progIdsOf,
  proxyStubEntries,
  type RegisteredClass,
  type RegistryEntry,
  type Scope,
} from './entries.js';
import { requireOptions, requirePath, type UnregisterOptions } from './options.js';
import { classInRegistry, isSame } from './registered-classes.js';
import { planRemoval, readKey, readText, remove, writeEntries } from './registry.js';

export interface RegisterOptions extends UnregisterOptions {
  /** What the module gets in `process.argv` from its third element on. Default: nothing. */
  readonly args?: readonly string[];

  /** Options of node itself, `'--enable-source-maps'`. Default: none. */
  readonly nodeOptions?: readonly string[];

  /**
   * The DLL that carries calls between programs that are not Node, or `false` for none: programs
   * with async-com need none. Default: `async_com_ps.dll` beside the addon.
   */
  readonly proxyStub?: string | false;
}

/**
 * Tells COM how to start the servers of a module: with node and `async-com serve`. A class that
 * async-com has registered before is registered anew, and what is left over of it removed.
 *
 * @param module - The path of a module whose default export is a server, the options of one, or an
 *   array of these. It is imported.
 * @returns What was written, or with `dryRun` would be.
 * @throws TypeError - an argument is wrong. Error - the module has no servers, the proxy/stub is
 *   not there, or the CLSID or a ProgID is somebody else's. ComError - the registry refused, for want
 *   of rights above all: the message names the key, and nothing is written.
 * @see https://learn.microsoft.com/en-us/windows/win32/com/localserver32
 */
export async function register(
  module: string,
  options: RegisterOptions = {},
): Promise<RegistryEntry[]> {
  requirePath(module, 'module');
  const { scope, dryRun } = requireOptions(options);
  const { args = [], nodeOptions = [] } = options;
  requireTexts(args, 'options.args');
  requireTexts(nodeOptions, 'options.nodeOptions');
  const dll = proxyStubOf(options.proxyStub);
  const { path, servers } = await importServers(module);
  const commandLine = commandLineOf(process.execPath, [
    ...nodeOptions,
    fileURLToPath(new URL('../cli/main.js', import.meta.url)),
    'serve',
    path,
    ...args,
  ]);
  const entries = [
    ...(dll === null ? [] : proxyStubEntries(scope, dll)),
    ...asyncMappingEntries(scope),
  ];
  requireDistinct(servers);
  await whileLocked(scope, () => {
    const leftOver: RegistryEntry[] = [];
    for (const server of servers) {
      const one = registeredClassOf(server, commandLine);
      const before = classInRegistry(scope, one.clsid);
      requireOurs(scope, one, before !== null);
      if (before !== null) leftOver.push(...classEntries(scope, before));
      entries.push(...classEntries(scope, one), bookEntry(scope, one.clsid, dll ?? ''));
    }
    if (dryRun) return;
    writeEntries(entries);
    remove(planRemoval(leftOver.filter((old) => !entries.some((one) => isSamePlace(one, old)))));
  });
  return entries;
}

/** The DLL beside the addon that this process has loaded. */
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

/** COM would give clients whichever came last. */
function requireDistinct(servers: readonly Server[]): void {
  const ids = servers.flatMap(({ clsid, progId }) => [
    clsid.toLowerCase(),
    ...(progId === null ? [] : progIdsOf(progId)).map((one) => one.toLowerCase()),
  ]);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new Error(`two servers of the module have ${twice}`);
}

/** Registering over what others have would break it, and unregistering could not mend it. */
function requireOurs(scope: Scope, one: RegisteredClass, known: boolean): void {
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
      `the proxy/stub is not there: ${dll}. It is built with the addon. Where every client is Node ` +
        'with async-com none is needed: register without it (proxyStub: false, --no-proxy-stub)',
    );
  }
  return dll;
}

function requireTexts(value: unknown, name: string): void {
  const isText = (one: unknown): boolean => typeof one === 'string' && !one.includes('\0');
  if (!Array.isArray(value) || !value.every(isText)) {
    throw new TypeError(`${name} must be an array of strings`);
  }
}

function isSamePlace(one: RegistryEntry, other: RegistryEntry): boolean {
  return one.hive === other.hive && isSame(one.key, other.key) && isSame(one.name, other.name);
}
