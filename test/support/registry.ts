import { native } from '#lib/native/addon.js';
import type { Hive } from '#lib/native/registry.js';
import { valueOf } from '#lib/errors/outcome.js';
import {
  asyncMethodCallIid,
  callCancellationIid,
  methodCallIid,
  proxyStubClsid,
} from '#lib/registration/entries.js';

/** Returns a key and every key and value below it, one in each line. */
export function exportRegistry(hive: Hive, key: string, lines: string[] = []): string[] {
  const contents = valueOf(native.readRegistryKey(hive, key));
  if (contents === null) return lines;
  lines.push(`[${hive}\\${key}]`);
  for (const { name, data } of contents.values) {
    lines.push(`${hive}\\${key} ${name} = ${JSON.stringify(data)}`);
  }
  for (const subkey of contents.subkeys) exportRegistry(hive, `${key}\\${subkey}`, lines);
  return lines;
}

const classes = 'Software\\Classes';
const containers = [
  ...['', '\\CLSID', '\\Interface', '\\AppID', '\\TypeLib'],
  ...['\\Wow6432Node\\CLSID', '\\Wow6432Node\\Interface'],
].map((name) => classes + name);

/**
 * Returns the classes in the registry of the machine and of the user: the names of all keys, and
 * the contents of those that a registration of `others`, or of a ProgID `AsyncCom.…`, may change. An id
 * is that of a class, an interface or a type library.
 */
export function exportClasses(...others: string[]): string[] {
  const ids = [proxyStubClsid, methodCallIid, asyncMethodCallIid, callCancellationIid, ...others];
  const mayChange = (name: string): boolean =>
    name.startsWith('AsyncCom.') || ids.some((id) => id.toLowerCase() === name.toLowerCase());
  return (['HKLM', 'HKCU'] as const).flatMap((hive) =>
    containers.flatMap((key) =>
      (valueOf(native.readRegistryKey(hive, key))?.subkeys ?? []).flatMap((subkey) =>
        mayChange(subkey)
          ? exportRegistry(hive, `${key}\\${subkey}`)
          : [`[${hive}\\${key}\\${subkey}]`],
      ),
    ),
  );
}
