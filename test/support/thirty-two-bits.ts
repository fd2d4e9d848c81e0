import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { native } from '#lib/native/addon.js';

/** Returns why a 32-bit program of the tests cannot run here, or `undefined` if it can. */
export function whyNo32Bits(program: string): string | undefined {
  if (native.wineVersion() === null) return 'the 32-bit client is built with mingw-w64 only';
  const file = resolve('build/tests/build/Release', program);
  // They may be left from a run with another Wine.
  const can = existsSync(file) && existsSync('C:\\windows\\syswow64\\ntdll.dll');
  return can ? undefined : 'Wine runs no 32-bit programs here: wine32:i386 is not installed';
}
