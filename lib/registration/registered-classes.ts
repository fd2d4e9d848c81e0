import {
  clsidKey,
  hiveOf,
  registeredClassesKey,
  type RegisteredClass,
  type Scope,
} from './entries.js';
import { readText, readValue } from './registry.js';

/** Returns a class as it is in the registry, or `null` if async-com has not registered it there. */
export function classInRegistry(scope: Scope, clsid: string): RegisteredClass | null {
  const hive = hiveOf(scope);
  if (readValue(hive, registeredClassesKey, clsid) === undefined) return null;
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
