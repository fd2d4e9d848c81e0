import { skip } from '../support/skip.js';
import { importScript } from './scripts.js';

/** Skips a test that needs Microsoft's Windows SDK, unless a command has restored it before. */
export async function skipWithoutMicrosoftSdk(context: Mocha.Context): Promise<void> {
  if (process.platform === 'win32') skip(context, 'MIDL and clang run on Debian only');
  const { whyMicrosoftSdkIsNotReady } = (await importScript('setup/microsoft-sdk.mjs')) as {
    whyMicrosoftSdkIsNotReady: () => string | undefined;
  };
  const reason = whyMicrosoftSdkIsNotReady();
  if (reason !== undefined) skip(context, `Microsoft’s SDK is not here: ${reason}`);
}
