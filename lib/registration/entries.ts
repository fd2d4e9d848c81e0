// Everything that a registration is made of, as data. What writes, removes, shows and examines
// registrations all go by these lists.
import type { Hive } from '../native/registry.js';

/** One value of the registry. */
export interface RegistryEntry {
  readonly hive: Exclude<Hive, 'HKCR'>;
  readonly key: string;
  /** `''` is the key's default value. */
  readonly name: string;
  /** A string is a REG_SZ, a number a REG_DWORD. */
  readonly data: string | number;
}

/** Whom a registration is for: this user, or everybody on this machine. */
export type Scope = 'user' | 'machine';

/** A class and the program that COM starts for it. */
export interface RegisteredClass {
  readonly clsid: string;
  /** What tools show. */
  readonly name: string;
  /** With its version: `'Acme.Files.1'`. */
  readonly progId: string | null;
  /** `'Acme.Files'`. */
  readonly versionIndependentProgId: string | null;
  /** Written per machine only: COM reads it nowhere else. */
  readonly appId: string;
  readonly commandLine: string;
  readonly executable: string;
}

/** native/idl/method_call.idl has these; test/registration/identifiers.test.ts compares. */
export const proxyStubClsid = '{AB4344DF-3861-46DB-B169-99026BDA302F}';
export const methodCallIid = '{214C30C4-5D64-4252-9B8E-184CCC9483EF}';
export const asyncMethodCallIid = '{28BFFDE7-B6F0-4568-A8E7-1D2E54053590}';
export const callCancellationIid = '{7A1E52F4-8C0B-4E0D-9B6E-3D1C2F70A8B5}';

const interfaces = [
  ['IMethodCall', methodCallIid],
  ['AsyncIMethodCall', asyncMethodCallIid],
  ['ICallCancellation', callCancellationIid],
] as const;

/** APPIDREGFLAGS_SECURE_SERVER_PROCESS_SD_AND_BIND: keeps others of the account from its tokens. */
const secureServerProcess = 0x2;

const classes = 'Software\\Classes';

export const hiveOf = (scope: Scope): RegistryEntry['hive'] => (scope === 'user' ? 'HKCU' : 'HKLM');

/** Keys that others share with us, and that stay where they have anything in them. */
export const clsidKey = (clsid: string): string => `${classes}\\CLSID\\${clsid}`;
export const progIdKey = (progId: string): string => `${classes}\\${progId}`;

/** Where it is written down which classes are ours: a value for each, its data the proxy/stub. */
export const bookKey = `${clsidKey(proxyStubClsid)}\\Servers`;

/** A value for each process that uses the asynchronous mapping: its id, and when it started. */
export const mappingUsersKey = `${clsidKey(proxyStubClsid)}\\MappingUsers`;

/** @see https://learn.microsoft.com/en-us/windows/win32/com/localserver32 */
export function classEntries(scope: Scope, one: RegisteredClass): RegistryEntry[] {
  const { clsid, progId, versionIndependentProgId: independent } = one;
  const entry = entriesIn(scope);
  const list = [
    entry(clsidKey(clsid), '', one.name),
    entry(`${clsidKey(clsid)}\\LocalServer32`, '', one.commandLine),
    entry(`${clsidKey(clsid)}\\LocalServer32`, 'ServerExecutable', one.executable),
  ];
  if (progId !== null) {
    list.push(
      entry(`${clsidKey(clsid)}\\ProgID`, '', progId),
      entry(progIdKey(progId), '', one.name),
      entry(`${progIdKey(progId)}\\CLSID`, '', clsid),
    );
  }
  if (progId !== null && independent !== null) {
    list.push(
      entry(`${clsidKey(clsid)}\\VersionIndependentProgID`, '', independent),
      entry(progIdKey(independent), '', one.name),
      entry(`${progIdKey(independent)}\\CLSID`, '', clsid),
      entry(`${progIdKey(independent)}\\CurVer`, '', progId),
    );
  }
  if (scope === 'machine') {
    list.push(
      entry(clsidKey(clsid), 'AppID', one.appId),
      entry(`${classes}\\AppID\\${one.appId}`, '', one.name),
      entry(`${classes}\\AppID\\${one.appId}`, 'AppIDFlags', secureServerProcess),
    );
  }
  return list;
}

/** What makes COM find the asynchronous form of IMethodCall, and a server's call object by it. */
export function asyncMappingEntries(scope: Scope): RegistryEntry[] {
  const entry = entriesIn(scope);
  return [
    entry(`${interfaceKey(methodCallIid)}\\AsynchronousInterface`, '', asyncMethodCallIid),
    entry(`${interfaceKey(asyncMethodCallIid)}\\SynchronousInterface`, '', methodCallIid),
  ];
}

/** The DLL that carries calls between processes that are not ours. */
export function proxyStubEntries(scope: Scope, dll: string): RegistryEntry[] {
  const entry = entriesIn(scope);
  const server = `${clsidKey(proxyStubClsid)}\\InprocServer32`;
  return [
    entry(clsidKey(proxyStubClsid), '', 'async-com proxy/stub'),
    entry(server, '', dll),
    entry(server, 'ThreadingModel', 'Both'),
    ...interfaces.flatMap(([name, iid]) => [
      entry(interfaceKey(iid), '', name),
      entry(`${interfaceKey(iid)}\\ProxyStubClsid32`, '', proxyStubClsid),
    ]),
  ];
}

export function bookEntry(scope: Scope, clsid: string, dll: string): RegistryEntry {
  return entriesIn(scope)(bookKey, clsid, dll);
}

/**
 * The ProgID with its version, and the one without, of a name with or without a version:
 * `'Acme.Files.2'` and `'Acme.Files'`, where a name without one has version 1.
 */
export function progIdsOf(name: string): [progId: string, independent: string] {
  const [, independent = ''] = /^(.+\..+)\.\d+$/.exec(name) ?? [];
  return independent === '' ? [`${name}.1`, name] : [name, independent];
}

function interfaceKey(iid: string): string {
  return `${classes}\\Interface\\${iid}`;
}

function entriesIn(scope: Scope) {
  return (key: string, name: string, data: string | number): RegistryEntry => ({
    hive: hiveOf(scope),
    key,
    name,
    data,
  });
}
