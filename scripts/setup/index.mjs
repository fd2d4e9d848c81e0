// Brings the clone to where something can be run: only what is missing or has changed is done.
import { installDebianPackages, kLintPackages, kProductPackages } from './debian-packages.mjs';
import { withLock } from '../common/lock.mjs';
import { buildAddon, buildForTests } from './native-build.mjs';
import { installNpmPackages } from './npm-packages.mjs';
import { onWindows } from '../common/project.mjs';
import { buildBench, buildLibrary, buildTests } from './typescript-build.mjs';
import { installWindowsNode } from './windows-node.mjs';
import { makeFurtherPrefixes, makeWinePrefix } from './wine-prefix.mjs';

/** What a package has that is made: the library. Whoever installs it builds the addon. */
export const setUpPackage = () =>
  withLock('set-up', async () => {
    await installNpmPackages();
    await buildLibrary();
  });

/** Everything that running the product needs. */
export const setUp = () => withLock('set-up', setUpProduct);

/** That, and what its tests need. */
export const setUpTests = () =>
  withLock('set-up', async () => {
    await setUpProduct();
    if (!onWindows) await makeFurtherPrefixes();
    await buildForTests();
    await buildTests();
  });

/** Everything that running the product needs, and what the benchmark does. */
export const setUpBench = () =>
  withLock('set-up', async () => {
    await setUpProduct();
    await buildForTests();
    await buildBench();
  });

/** What the tests and the benchmark need, and the linters. */
export async function setUpLint() {
  await setUpTests();
  await setUpBench();
  if (!onWindows) await withLock('set-up', () => installDebianPackages(kLintPackages));
}

async function setUpProduct() {
  if (!onWindows) await installDebianPackages(kProductPackages);
  await installNpmPackages();
  if (!onWindows) {
    await installWindowsNode();
    await makeWinePrefix();
  }
  await buildAddon();
  await buildLibrary();
}
