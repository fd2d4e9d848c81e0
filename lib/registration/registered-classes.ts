import {
  clsidKey,
  hiveOf,
  registeredClassesKey,
  type RegisteredClass,
  type Scope,
} from './entries.js';
import { isSame, readKey, readText } from './registry.js';

/** Returns a class as it is in the registry, or `null` if async-com has not registered it there. */
export function classInRegistry(scope: Scope, clsid: string): RegisteredClass | null {
  if (!registeredClasses(scope).some(({ name }) => isSame(name, clsid))) return null;
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

/** Returns the proxy/stub with which a class was registered, or `null` if there was none. */
export function proxyStubWith(scope: Scope, clsid: string): string | null {
  const [dll = null] = dllsOf(registeredClasses(scope).filter(({ name }) => isSame(name, clsid)));
  return dll;
}

/**
 * Returns the classes that async-com has registered: `name` is the CLSID, `data` the path of the
 * proxy/stub with which it was registered, or an empty string.
 */
export function registeredClasses(scope: Scope): { name: string; data: string | number | null }[] {
  return [...(readKey(hiveOf(scope), registeredClassesKey)?.values ?? [])];
}

/** Returns the proxy/stubs with which classes were registered. */
export function dllsOf(classes: ReturnType<typeof registeredClasses>): string[] {
  return classes.flatMap(({ data }) => (typeof data === 'string' && data !== '' ? data : []));
}
