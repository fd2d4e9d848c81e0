// Where Wine is, and the environment it runs in. The scripts call Wine's 64-bit loader, because
// /usr/bin/wine warns on every start if the 32-bit half is missing. The 64-bit loader runs 32-bit
// programs, too, if that half (package wine32:i386) is installed when the prefix is made.
import { existsSync } from 'node:fs';

import { inCache } from '../common/project.mjs';

export const kWine = '/usr/lib/wine/wine64';
export const kWineServer = '/usr/lib/wine/wineserver64';
export const kWineFolder = inCache('wine');
export const kWinePrefix = inCache('wine', 'prefix');

/** Returns whether Wine can run 32-bit programs. */
export const runs32BitPrograms = () =>
  existsSync('/usr/lib/i386-linux-gnu/wine/i386-unix/ntdll.so');

/** Copies of the prefix, for tests that run at the same time. Each is like a machine of its own. */
export const kFurtherPrefixes = [2, 3].map((number) => inCache('wine', `prefix-${number}`));

/**
 * Variables that a Windows program must not see: they name paths of Linux, or its display. With
 * TMPDIR Wine 10.0 of Debian 13 aborts ("free(): invalid pointer").
 */
const kNotForWindows = /^(DISPLAY|WAYLAND_DISPLAY|TMPDIR|NODE_.*|npm_.*|XDG_.*|WINE.*)$/i;

/**
 * Returns the environment for a Windows program. Wine writes to the prefix and to its socket in
 * /tmp.
 * @param {string} [prefix]
 * @returns {NodeJS.ProcessEnv}
 */
export function wineEnvironment(prefix = kWinePrefix) {
  const kept = Object.entries(process.env).filter(([name]) => !kNotForWindows.test(name));
  return {
    ...Object.fromEntries(kept),
    HOME: inCache('wine', 'home'),
    LC_ALL: 'C.UTF-8',
    WINEPREFIX: prefix,
    WINESERVER: kWineServer,
    WINEDEBUG: process.env.WINEDEBUG ?? '-all',
    // .NET programs need mscoree.
    WINEDLLOVERRIDES: 'winemenubuilder.exe,mshtml=d',
    // Otherwise .NET 10 ends with a fatal error in Wine 8.0 when it frees code that it has generated.
    DOTNET_EnableWriteXorExecute: '0',
  };
}
