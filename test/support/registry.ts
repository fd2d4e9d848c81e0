import { native } from '#lib/native/addon.js';
import type { Hive } from '#lib/native/registry.js';
import { valueOf } from '#lib/errors/outcome.js';
import {
  asyncMethodCallIid,
  callCancellationIid,
  methodCallIid,
  proxyStubClsid,
} from '#lib/registration/entries.js';

/** Every key and value below a key, each in a line. */
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
const containers = ['', '\\CLSID', '\\Interface', '\\AppID'].map((name) => classes + name);

/**
 * What both scopes have of classes: the names of all keys, and all that is in those that a
 * registration of `clsids`, or of AsyncCom.Something, may touch.
 */
export function exportClasses(...clsids: string[]): string[] {
  const ids = [proxyStubClsid, methodCallIid, asyncMethodCallIid, callCancellationIid, ...clsids];
  const mayTouch = (name: string): boolean =>
    name.startsWith('AsyncCom.') || ids.some((id) => id.toLowerCase() === name.toLowerCase());
  return (['HKLM', 'HKCU'] as const).flatMap((hive) =>
    containers.flatMap((key) =>
      (valueOf(native.readRegistryKey(hive, key))?.subkeys ?? []).flatMap((subkey) =>
        mayTouch(subkey)
          ? exportRegistry(hive, `${key}\\${subkey}`)
          : [`[${hive}\\${key}\\${subkey}]`],
      ),
    ),
  );
}
