// The files of the addon. Each path is written out, so that bundlers find the files. CommonJS,
// because only require() loads an addon.

/** A file that may be missing: it is made for another architecture, or was not built here. */
type Load = () => unknown;

const prebuilt: Readonly<Record<string, Load>> = {
  x64() {
    try {
      return require('../../prebuilds/win32-x64/async_com.node') as unknown;
    } catch (error) {
      return ifMissing(error);
    }
  },
  arm64() {
    try {
      return require('../../prebuilds/win32-arm64/async_com.node') as unknown;
    } catch (error) {
      return ifMissing(error);
    }
  },
};

/** What cmake-js has built from the sources. */
function built(): unknown {
  try {
    return require('../../build/Release/async_com.node') as unknown;
  } catch (error) {
    return ifMissing(error);
  }
}

/** Returns `undefined` if a file does not exist. Throws every other error. */
function ifMissing(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'MODULE_NOT_FOUND') throw error;
}

export = { built, prebuilt };
