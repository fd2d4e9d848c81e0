import { createRequire } from 'node:module';
import { join } from 'node:path';

import addonFiles from './addon-files.cjs';

/** The oldest major version of Node.js whose COM is tested. */
const oldestNode = 22;

/**
 * Loads the addon for this process: the one that was built from the sources, or else the one that
 * the package has for this architecture.
 *
 * @throws Error - There is none for this system, or it cannot be loaded. Its `code` is
 *   `'ERR_ASYNC_COM_PLATFORM'`, and the message says what was found and what is needed.
 */
export function loadAddon(): unknown {
  const { platform, arch, versions } = process;
  if (platform !== 'win32') {
    throw unsupported(
      `COM exists only on Windows, and this is Node.js for ${platform}. Importing async-com works ` +
        'here, and so do its types, ComError and the functions that need no COM.',
    );
  }
  if (Number.parseInt(versions.node) < oldestNode) {
    throw unsupported(
      `async-com uses COM with Node.js ${String(oldestNode)} or newer, and this is ${versions.node}.`,
    );
  }
  try {
    const found = fromFolder() ?? addonFiles.built() ?? addonFiles.prebuilt[arch]?.();
    if (found !== undefined) return found;
  } catch (error) {
    throw unsupported(`the addon cannot be loaded: ${whyNotLoaded(error)}`, error);
  }
  throw unsupported(
    `there is no addon for Windows on ${arch}. Use Node.js for x64` +
      (arch === 'arm64'
        ? ', which runs on Windows on Arm, too. Or build the addon from the sources: run ' +
          '`npx cmake-js compile` in the folder of the package.'
        : '.'),
  );
}

function whyNotLoaded(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return code === 'ERR_DLOPEN_DISABLED'
    ? `${message} Node.js with --permission also needs --allow-addons.`
    : message;
}

/** The tests name a folder with another addon. */
function fromFolder(): unknown {
  const folder = process.env['ASYNC_COM_PREBUILD'];
  if (folder === undefined || folder === '') return undefined;
  return createRequire(import.meta.url)(join(folder, 'build/Release/async_com.node')) as unknown;
}

function unsupported(message: string, cause?: unknown): Error {
  const error = new Error(message, cause === undefined ? undefined : { cause });
  return Object.assign(error, { code: 'ERR_ASYNC_COM_PLATFORM' });
}
