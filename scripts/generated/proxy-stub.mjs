// Makes the proxy/stub of an interface definition with widl.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { inCache } from '../common/project.mjs';
import { readText } from './files.mjs';
import { fixDlldata, fixHeader, fixIdentifiers, fixProxy } from './widl-fixes.mjs';

const kWidl = 'x86_64-w64-mingw32-widl';
const kInterfaces = '/usr/include/wine/wine/windows';

/**
 * The version of widl that made the files in git: Debian 12's. Another version makes correct files,
 * too, but they differ.
 */
export const kWidlVersion = '7.0';

/** Returns the version of the installed widl. */
export function widlVersion() {
  return /version (\S+)/.exec(execFileSync(kWidl, ['-V'], { encoding: 'utf8' }))?.[1];
}

/**
 * @param {string} idl the file with the interface definition
 * @returns {Map<string, string>} the text of each file that is made from it, by name
 */
export function makeProxyStub(idl) {
  mkdirSync(inCache(), { recursive: true });
  const folder = mkdtempSync(inCache('idl-'));
  try {
    // widl writes the name of its input into the files. So the name is always the same, without a
    // folder.
    writeFileSync(join(folder, 'method_call.idl'), readText(idl));
    execFileSync(kWidl, ['-Oif', '--win64', `-I${kInterfaces}`, 'method_call.idl'], {
      cwd: folder,
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    const made = (/** @type {string} */ name) => readText(join(folder, name));
    return new Map([
      ['method_call.h', fixHeader(made('method_call.h'))],
      ['method_call_i.c', fixIdentifiers(made('method_call_i.c'))],
      ['method_call_p.c', fixProxy(made('method_call_p.c'))],
      ['dlldata.c', fixDlldata(made('dlldata.c'))],
    ]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
