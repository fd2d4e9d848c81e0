import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { isClsid, isProgId, requireClassName, requireProgId } from '../value/identifiers.js';
import { native } from '../native/addon.js';
import { requireObject } from '../errors/arguments.js';
import { commandLineOf } from './command-line.js';
import {
  asyncMappingEntries,
  bookEntry,
  bookKey,
  classEntries,
  clsidKey,
  hiveOf,
  progIdKey,
  progIdsOf,
  proxyStubClsid,
  proxyStubEntries,
  type RegisteredClass,
  type RegistryEntry,
  type Scope,
} from './entries.js';
import {
  planRemoval,
  readKey,
  readText,
  type RegistryPlace,
  remove,
  writeEntries,
} from './registry.js';
import type { Server } from '../server/server.js';
import { importServers } from '../server/server-module.js';

export type { RegistryEntry } from './entries.js';
export type { RegistryPlace } from './registry.js';

/** A path, or a module's name. */
const fileForm = /[\\/]|\.[cm]?[jt]s$/i;

export interface UnregisterOptions {
  /**
   * For everybody on this machine (`HKEY_LOCAL_MACHINE\Software\Classes`, which takes
   * administrators' rights) instead of this user (`HKEY_CURRENT_USER\Software\Classes`). COM does
   * not look at a user's registrations for programs that run as administrator. Default `false`.
   */
  readonly perMachine?: boolean;

  /** Changes nothing, and tells what would be changed. Default `false`. */
  readonly dryRun?: boolean;
}

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
  const leftOver: RegistryEntry[] = [];
  for (const server of servers) {
    const one = registeredClassOf(server, commandLine);
    const before = classInRegistry(scope, one.clsid);
    requireOurs(scope, one, before !== null);
    if (before !== null) leftOver.push(...classEntries(scope, before));
    entries.push(...classEntries(scope, one), bookEntry(scope, one.clsid, dll ?? ''));
  }
  if (!dryRun) {
    writeEntries(entries);
    remove(planRemoval(leftOver.filter((old) => !entries.some((one) => isSamePlace(one, old)))));
  }
  return entries;
}

/**
 * Removes what {@link register} wrote, and nothing else: a key in which somebody else has put
 * something stays. The proxy/stub goes with the last class that was registered with one, the
 * asynchronous mapping with the last class of async-com.
 *
 * @param name - A CLSID, a ProgID, or the path of a module with servers.
 * @returns What was removed, or with `dryRun` would be: values, and keys. Empty where async-com has
 *   not registered it.
 * @throws TypeError - an argument is wrong. Error - the module is not there, or has no servers.
 *   ComError - the registry refused; the message names the key. What is left another try removes.
 */
export async function unregister(
  name: string,
  options: UnregisterOptions = {},
): Promise<RegistryPlace[]> {
  requirePath(name, 'name');
  const { scope, dryRun } = requireOptions(options);
  const clsids = await clsidsOf(scope, name);
  const ours = clsids.flatMap((clsid) => classInRegistry(scope, clsid) ?? []);
  if (ours.length === 0) return [];
  const staying = book(scope).filter(({ name }) => !ours.some(({ clsid }) => isSame(clsid, name)));
  const removal = planRemoval([
    ...ours.flatMap((one) =>
      classEntries(scope, one).filter((entry) => isStillOurs(scope, one, entry)),
    ),
    ...(dllsOf(staying).length === 0 ? proxyStubEntries(scope, '') : []),
    ...(staying.length === 0 ? asyncMappingEntries(scope) : []),
    // Last: until then another try knows that there is something to remove.
    ...ours.map(({ clsid }) => bookEntry(scope, clsid, '')),
  ]);
  if (!dryRun) {
    remove(removal);
    keepProxyStubOf(scope, staying);
  }
  return [...removal.values, ...removal.keys];
}

/** The class as it is in the registry; `null` where async-com has not registered it there. */
export function classInRegistry(scope: Scope, clsid: string): RegisteredClass | null {
  if (!book(scope).some(({ name }) => isSame(name, clsid))) return null;
  const hive = hiveOf(scope);
  const key = clsidKey(clsid);
  const text = (path: string, name = ''): string | null => readText(hive, path, name) ?? null;
  return {
    clsid,
    name: text(key) ?? '',
    progId: text(`${key}\\ProgID`),
    versionIndependentProgId: text(`${key}\\VersionIndependentProgID`),
    appId: text(key, 'AppID') ?? clsid,
    commandLine: text(`${key}\\LocalServer32`) ?? '',
    executable: text(`${key}\\LocalServer32`, 'ServerExecutable') ?? '',
  };
}

/** The proxy/stub that a class of async-com was registered with; `null` without one. */
export function proxyStubWith(scope: Scope, clsid: string): string | null {
  const [dll = null] = dllsOf(book(scope).filter(({ name }) => isSame(name, clsid)));
  return dll;
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

/** Somebody may have given our ProgID to a class of theirs. */
function isStillOurs(scope: Scope, one: RegisteredClass, { key }: RegistryEntry): boolean {
  const progId = [one.progId, one.versionIndependentProgId].find(
    (name) => name !== null && isWithin(key, progIdKey(name)),
  );
  if (progId === undefined || progId === null) return true;
  return isSame(readText(hiveOf(scope), `${progIdKey(progId)}\\CLSID`) ?? one.clsid, one.clsid);
}

function isWithin(key: string, outer: string): boolean {
  return `${key}\\`.toLowerCase().startsWith(`${outer}\\`.toLowerCase());
}

/** The classes that are ours, each with the proxy/stub that came with it. */
function book(scope: Scope): { name: string; data: string | number | null }[] {
  return [...(readKey(hiveOf(scope), bookKey)?.values ?? [])];
}

function dllsOf(classes: ReturnType<typeof book>): string[] {
  return classes.flatMap(({ data }) => (typeof data === 'string' && data !== '' ? data : []));
}

/** The DLL of a program that has gone must not be what the others need. */
function keepProxyStubOf(scope: Scope, staying: ReturnType<typeof book>): void {
  const dlls = dllsOf(staying);
  const now = readText(hiveOf(scope), `${clsidKey(proxyStubClsid)}\\InprocServer32`);
  const [other] = dlls;
  if (now === undefined || other === undefined || dlls.some((dll) => isSame(dll, now))) return;
  writeEntries(proxyStubEntries(scope, other));
}

async function clsidsOf(scope: Scope, name: string): Promise<string[]> {
  if (isClsid(name)) return [name];
  if (existsSync(name)) return (await importServers(name)).servers.map(({ clsid }) => clsid);
  const clsid = isProgId(name) ? readText(hiveOf(scope), `${progIdKey(name)}\\CLSID`) : undefined;
  if (clsid !== undefined) return [clsid];
  // Only then: a ProgID may end so, too.
  if (fileForm.test(name)) throw new Error(`there is no module ${resolve(name)}`);
  requireClassName(name, 'name');
  return [];
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

function requireOptions(options: UnregisterOptions): { scope: Scope; dryRun: boolean } {
  requireObject(options);
  const { perMachine = false, dryRun = false } = options;
  if (typeof perMachine !== 'boolean') throw new TypeError('options.perMachine must be a boolean');
  if (typeof dryRun !== 'boolean') throw new TypeError('options.dryRun must be a boolean');
  return { scope: perMachine ? 'machine' : 'user', dryRun };
}

function requirePath(value: unknown, name: string): asserts value is string {
  if (typeof value !== 'string' || value === '') throw new TypeError(`${name} must be a string`);
}

function requireTexts(value: unknown, name: string): void {
  const isText = (one: unknown): boolean => typeof one === 'string' && !one.includes('\0');
  if (!Array.isArray(value) || !value.every(isText)) {
    throw new TypeError(`${name} must be an array of strings`);
  }
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function isSamePlace(one: RegistryEntry, other: RegistryEntry): boolean {
  return one.hive === other.hive && isSame(one.key, other.key) && isSame(one.name, other.name);
}
