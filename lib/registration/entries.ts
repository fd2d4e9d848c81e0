// The registry entries of a registration, as data. All code that writes, removes, shows or examines
// registrations uses these lists.
import { existsSync } from 'node:fs';

import type { Hive } from '../native/registry.js';

/**
 * A value in the registry, with its data.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/sysinfo/structure-of-the-registry
 */
export interface RegistryEntry {
  /** The hive: `'HKLM'` or `'HKCU'`. */
  readonly hive: Exclude<Hive, 'HKCR'>;

  /** The path of the key in the hive: `'Software\\Classes\\CLSID\\{…}'`. */
  readonly key: string;

  /** The name of the value. `''` is the key's default value. */
  readonly name: string;

  /** The data of the value: a string for `REG_SZ`, a number for `REG_DWORD`. */
  readonly data: string | number;
}

/** Who can use a registration: only this user, or everybody on this machine. */
export type Scope = 'user' | 'machine';

/** A class and the program that COM starts for it. */
export interface RegisteredClass {
  readonly clsid: string;
  /** The name that tools show for the class. */
  readonly name: string;
  /** The ProgID with its version: `'Acme.Files.1'`. */
  readonly progId: string | null;
  /** The ProgID without its version: `'Acme.Files'`. */
  readonly versionIndependentProgId: string | null;
  /** The AppID. It is written only per machine, because COM does not read it elsewhere. */
  readonly appId: string;
  readonly commandLine: string;
  readonly executable: string;
}

/** A type library, as far as the registry has it. */
export interface RegisteredTypeLibrary {
  readonly file: string;
  /** The folder of its help files. */
  readonly folder: string;
  readonly libid: string;
  /** The major and the minor version, in hexadecimal digits: `'1.a'`. */
  readonly version: string;
  /** The LCID, in hexadecimal digits. */
  readonly language: string;
  /** The `LIBFLAGS`, in decimal digits. */
  readonly flags: string;
  /** What tools show for it. */
  readonly name: string;
  /** The classes that are registered with it. */
  readonly classes: readonly string[];
  /** Its interfaces, which the marshaler of automation carries. */
  readonly interfaces: readonly (readonly [iid: string, name: string])[];
}

// These identifiers are also in native/idl/method_call.idl; test/registration/registration.test.ts
// compares them.
export const proxyStubClsid = '{AB4344DF-3861-46DB-B169-99026BDA302F}';
export const methodCallIid = '{214C30C4-5D64-4252-9B8E-184CCC9483EF}';
export const asyncMethodCallIid = '{28BFFDE7-B6F0-4568-A8E7-1D2E54053590}';
export const callCancellationIid = '{7A1E52F4-8C0B-4E0D-9B6E-3D1C2F70A8B5}';

const interfaces = [
  ['IMethodCall', methodCallIid],
  ['AsyncIMethodCall', asyncMethodCallIid],
  ['ICallCancellation', callCancellationIid],
] as const;

/**
 * APPIDREGFLAGS_SECURE_SERVER_PROCESS_SD_AND_BIND: other processes of the same account cannot get
 * the tokens in the server's process.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/com/appidflags
 */
const secureServerProcess = 0x2;

/** The key of all classes. */
export const classesKey = 'Software\\Classes';

/** The part of that key that 32-bit programs read instead, for classes and interfaces. */
const classesKey32 = `${classesKey}\\Wow6432Node`;

export const hiveOf = (scope: Scope): RegistryEntry['hive'] => (scope === 'user' ? 'HKCU' : 'HKLM');

// Keys in which other programs may have values as well. They stay as long as they contain anything.
export const clsidKey = (clsid: string): string => `${classesKey}\\CLSID\\${clsid}`;
export const progIdKey = (progId: string): string => `${classesKey}\\${progId}`;

/**
 * The key that lists the classes that async-com has registered. It has a value for each class. The
 * data of the value is the record of what was written (in version 0.1.0 only the path of the
 * proxy/stub DLL, or an empty string).
 */
export const registeredClassesKey = `${clsidKey(proxyStubClsid)}\\Servers`;

/**
 * The key that lists the processes that use the asynchronous mapping. It has a value for each
 * process: the name is the process id, and the data is the time when the process started.
 */
export const mappingUsersKey = `${clsidKey(proxyStubClsid)}\\MappingUsers`;

/**
 * Returns the entries of a class.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/com/localserver32
 */
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
      entry(`${classesKey}\\AppID\\${one.appId}`, '', one.name),
      entry(`${classesKey}\\AppID\\${one.appId}`, 'AppIDFlags', secureServerProcess),
    );
  }
  return list;
}

/**
 * Returns the entries with which COM finds the asynchronous form of IMethodCall, and with it the
 * call object of a server.
 */
export function asyncMappingEntries(scope: Scope): RegistryEntry[] {
  return asyncMappingEntriesIn(classesKey, scope);
}

function asyncMappingEntriesIn(classes: string, scope: Scope): RegistryEntry[] {
  const entry = entriesIn(scope);
  const [call, asyncCall] = [methodCallIid, asyncMethodCallIid];
  return [
    entry(`${interfaceKey(classes, call)}\\AsynchronousInterface`, '', asyncCall),
    entry(`${interfaceKey(classes, asyncCall)}\\SynchronousInterface`, '', call),
  ];
}

/**
 * Returns the entries of the proxy/stub: the DLL that carries calls of programs without async-com. A
 * proxy/stub of the package has one for 32-bit programs beside it. They read another part of the
 * registry, which also gets the asynchronous mapping.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/winprog64/shared-registry-keys
 */
export function proxyStubEntries(scope: Scope, dll: string): RegistryEntry[] {
  const dll32 = proxyStub32Beside(dll);
  return [
    ...proxyStubEntriesIn(classesKey, scope, dll),
    ...(dll32 === null ? [] : entries32(scope, dll32)),
  ];
}

/** Returns the entries that any proxy/stub may have, with no path in them. */
export function everyProxyStubEntry(scope: Scope): RegistryEntry[] {
  return [...proxyStubEntriesIn(classesKey, scope, ''), ...entries32(scope, '')];
}

function entries32(scope: Scope, dll32: string): RegistryEntry[] {
  return [
    ...proxyStubEntriesIn(classesKey32, scope, dll32),
    ...asyncMappingEntriesIn(classesKey32, scope),
  ];
}

function proxyStubEntriesIn(classes: string, scope: Scope, dll: string): RegistryEntry[] {
  const entry = entriesIn(scope);
  const key = `${classes}\\CLSID\\${proxyStubClsid}`;
  const server = `${key}\\InprocServer32`;
  return [
    entry(key, '', 'async-com proxy/stub'),
    entry(server, '', dll),
    entry(server, 'ThreadingModel', 'Both'),
    ...interfaces.flatMap(([name, iid]) => [
      entry(interfaceKey(classes, iid), '', name),
      entry(`${interfaceKey(classes, iid)}\\ProxyStubClsid32`, '', proxyStubClsid),
    ]),
  ];
}

/**
 * Returns the path of the proxy/stub for 32-bit programs in the package of this one. `null` if there
 * is none.
 */
function proxyStub32Beside(dll: string): string | null {
  const [, prebuilds] =
    /^(.*\\prebuilds)\\win32-(?:x64|arm64)\\async_com_ps\.dll$/i.exec(dll) ?? [];
  const beside = `${prebuilds ?? ''}\\win32-ia32\\async_com_ps.dll`;
  return prebuilds !== undefined && existsSync(beside) ? beside : null;
}

/** The marshaler of automation for interfaces of the kind of IDispatch, `PSDispatch`. */
const dispatchProxyStub = '{00020420-0000-0000-C000-000000000046}';

/**
 * Returns the entries of a type library, as `RegisterTypeLib` writes them. Programs of both widths
 * find the same file: what describes only dispinterfaces is the same for both. The registry has one
 * place for the libraries of both, and two places for interfaces.
 *
 * @see https://learn.microsoft.com/en-us/windows/win32/api/oleauto/nf-oleauto-registertypelib
 */
export function typeLibraryEntries(
  scope: Scope,
  { libid, version, language, file, flags, folder, name, interfaces }: RegisteredTypeLibrary,
): RegistryEntry[] {
  const entry = entriesIn(scope);
  const key = `${classesKey}\\TypeLib\\${libid}\\${version}`;
  return [
    entry(key, '', name),
    entry(`${key}\\FLAGS`, '', flags),
    entry(`${key}\\HELPDIR`, '', folder),
    entry(`${key}\\${language}\\win64`, '', file),
    entry(`${key}\\${language}\\win32`, '', file),
    ...[classesKey, classesKey32].flatMap((classes) =>
      interfaces.flatMap(([iid, interfaceName]) => [
        entry(interfaceKey(classes, iid), '', interfaceName),
        entry(`${interfaceKey(classes, iid)}\\ProxyStubClsid32`, '', dispatchProxyStub),
        entry(`${interfaceKey(classes, iid)}\\TypeLib`, '', libid),
        entry(`${interfaceKey(classes, iid)}\\TypeLib`, 'Version', version),
      ]),
    ),
  ];
}

/** Returns the entries by which programs find the type library of a class. */
export function typeLibraryOfClassEntries(
  scope: Scope,
  clsid: string,
  { classes, libid, version }: RegisteredTypeLibrary,
): RegistryEntry[] {
  if (!classes.some((one) => one.toLowerCase() === clsid.toLowerCase())) return [];
  const entry = entriesIn(scope);
  return [
    entry(`${clsidKey(clsid)}\\TypeLib`, '', libid),
    entry(`${clsidKey(clsid)}\\Version`, '', version),
  ];
}

/** Returns the entry that says that async-com has registered a class, and what it wrote. */
export function registeredClassEntry(scope: Scope, clsid: string, record: string): RegistryEntry {
  return entriesIn(scope)(registeredClassesKey, clsid, record);
}

/**
 * Returns the ProgID with its version and the ProgID without it: `'Acme.Files.2'` and
 * `'Acme.Files'`. A name without a version has version 1.
 */
export function progIdsOf(name: string): [progId: string, independent: string] {
  const [, independent = ''] = /^(.+\..+)\.\d+$/.exec(name) ?? [];
  return independent === '' ? [`${name}.1`, name] : [name, independent];
}

function interfaceKey(classes: string, iid: string): string {
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
