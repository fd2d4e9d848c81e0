// Wine, called by its 64-bit loader: /usr/bin/wine complains about a missing 32-bit half on every
// start.
import { inCache } from '../common/project.mjs';

export const kWine = '/usr/lib/wine/wine64';
export const kWineServer = '/usr/lib/wine/wineserver64';
export const kWineFolder = inCache('wine');
export const kWinePrefix = inCache('wine', 'prefix');

/** Copies of the prefix, each a machine of its own: for tests that run side by side. */
export const kFurtherPrefixes = [2, 3].map((number) => inCache('wine', `prefix-${number}`));

/**
 * Variables that would mean something else to a Windows program: paths of this system, its display.
 */
const kNotForWindows = /^(DISPLAY|WAYLAND_DISPLAY|TMPDIR|NODE_.*|npm_.*|XDG_.*|WINE.*)$/i;

/**
 * The environment for a Windows program: nothing is written outside the project's folder.
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
    WINEDLLOVERRIDES: 'winemenubuilder.exe,mscoree,mshtml=d',
  };
}
