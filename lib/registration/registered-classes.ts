import { clsidKey, hiveOf, bookKey, type RegisteredClass, type Scope } from './entries.js';
import { readKey, readText } from './registry.js';

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

/** The classes that are ours, each with the proxy/stub that came with it. */
export function book(scope: Scope): { name: string; data: string | number | null }[] {
  return [...(readKey(hiveOf(scope), bookKey)?.values ?? [])];
}

export function dllsOf(classes: ReturnType<typeof book>): string[] {
  return classes.flatMap(({ data }) => (typeof data === 'string' && data !== '' ? data : []));
}

export function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
