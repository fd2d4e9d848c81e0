// Compares the native sources with Microsoft's Windows SDK.
import { say } from '../common/step.mjs';
import { checkFiles, writeFiles } from '../generated/files.mjs';
import { linkWithMicrosoftsHeaders } from './arm64-proxy-stub.mjs';
import { compileSources } from './compile-sources.mjs';
import { checkHResultNames } from './hresult-names.mjs';
import { kWindowsFacts, makeWindowsFacts } from './windows-facts.mjs';

/**
 * @param {object} options
 * @param {boolean} options.write whether to write the list of facts instead of comparing it
 * @returns {Promise<number>} the exit code: 0 if nothing differs
 */
export async function checkSdk({ write }) {
  const files = [/** @type {const} */ ([kWindowsFacts, await makeWindowsFacts()])];
  if (write) return writeFiles(files);
  say('• what the sources take from Windows’s headers');
  const failed = [checkFiles(files, 'npm run check:sdk -- --write') > 0];
  say('• names of error codes');
  failed.push(!(await checkHResultNames()));
  say('• the proxy/stub for arm64, linked');
  failed.push(!(await linkWithMicrosoftsHeaders()));
  // These include the list's assertions.
  failed.push(!(await compileSources()));
  return failed.includes(true) ? 1 : 0;
}
