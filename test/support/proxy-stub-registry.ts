import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

import {
  asyncMethodCallIid as asyncMethodCall,
  callCancellationIid as callCancellation,
  methodCallIid as methodCall,
  proxyStubClsid as proxyClass,
} from '#lib/registration/entries.js';
import { scopeThatIsRead } from '#lib/registration/scope.js';

const run = promisify(execFile);

const classes = `${(await scopeThatIsRead()) === 'user' ? 'HKEY_CURRENT_USER' : 'HKEY_LOCAL_MACHINE'}\\Software\\Classes`;

export const proxyStubDll = resolve('build/Release/async_com_ps.dll');

/** The proxy/stub for 32-bit programs. It exists where Wine runs such programs. */
export const proxyStubDll32 = resolve('build/tests/build/Release/async_com_ps_x86.dll');

/** The keys of async-com. Each is removed with everything below it. */
const ours = [
  ...[methodCall, asyncMethodCall, callCancellation].map((iid) => `${classes}\\Interface\\${iid}`),
  `${classes}\\CLSID\\${proxyClass}`,
];

/** The values to write: the default value of a key, or a named value. */
const values: readonly (readonly [key: string, value: string, name?: string])[] = [
  [`Interface\\${methodCall}\\ProxyStubClsid32`, proxyClass],
  [`Interface\\${asyncMethodCall}\\ProxyStubClsid32`, proxyClass],
  [`Interface\\${callCancellation}\\ProxyStubClsid32`, proxyClass],
  [`Interface\\${methodCall}\\AsynchronousInterface`, asyncMethodCall],
  [`Interface\\${asyncMethodCall}\\SynchronousInterface`, methodCall],
  [`CLSID\\${proxyClass}\\InprocServer32`, proxyStubDll],
  [`CLSID\\${proxyClass}\\InprocServer32`, 'Both', 'ThreadingModel'],
];

/**
 * Returns the DLL of a registered proxy/stub, or a key of the asynchronous mapping. Returns
 * `undefined` if neither is in the registry. It first removes what an interrupted test run has left.
 */
export async function registeredProxyStub(): Promise<string | undefined> {
  const server = await query(`HKEY_CLASSES_ROOT\\CLSID\\${proxyClass}\\InprocServer32`, '/ve');
  const dll = /REG_SZ\s+(.*?)\r?\n/.exec(server ?? '')?.[1];
  if (dll === proxyStubDll) await unregisterProxyStub();
  else if (dll !== undefined) return dll;
  for (const key of ours) {
    if ((await query(key)) !== undefined) return key;
  }
  return undefined;
}

/** Returns what reg.exe prints for a key, or `undefined` if the key does not exist. */
async function query(key: string, ...options: string[]): Promise<string | undefined> {
  try {
    return (await run('reg.exe', ['query', key, ...options])).stdout;
  } catch {
    return undefined;
  }
}

/**
 * Registers the proxy/stub DLL and the asynchronous mapping. Call it only if they are not
 * registered.
 */
export async function registerProxyStub(): Promise<void> {
  const lines = values.flatMap(([key, value, name]) => [
    `[${classes}\\${key}]`,
    `${name === undefined ? '@' : quoted(name)}=${quoted(value)}`,
    '',
  ]);
  await importLines(lines);
}

/** Removes what {@link registerProxyStub} wrote. */
export async function unregisterProxyStub(): Promise<void> {
  await importLines(ours.map((key) => `[-${key}]`));
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

async function importLines(lines: readonly string[]): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'async-com-'));
  try {
    const file = join(folder, 'keys.reg');
    const text = ['\ufeffWindows Registry Editor Version 5.00', '', ...lines, ''].join('\r\n');
    await writeFile(file, text, 'utf16le');
    await run('reg.exe', ['import', file]);
  } finally {
    await rm(folder, { recursive: true });
  }
}
