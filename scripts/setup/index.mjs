// Sets up a clone. Each function does only what is missing or has changed.
//
// This folder, ../common, ../windows-node and the commands beside them run before `npm ci`. So they
// import Node's own modules and each other, and no package; `npm run lint` checks that. What needs
// a package is in ../testing, ../lint or ../generated, which a command imports when set-up is done.
import { withLock } from '../common/lock.mjs';
import { onWindows } from '../common/project.mjs';
import { checkWindowsNode, installWindowsNode } from '../windows-node/install-node.mjs';
import { makeFurtherPrefixes, makeWinePrefix } from '../windows-node/wine-prefix.mjs';
import { runs32BitPrograms } from '../windows-node/wine.mjs';
import {
  installDebianPackages,
  k32BitPackages,
  kArm64Packages,
  kLintPackages,
  kMicrosoftSdkPackages,
  kProductPackages,
} from './debian-packages.mjs';
import { restoreMicrosoftSdk } from './microsoft-sdk.mjs';
import { buildDotnet, updateDotnet } from './dotnet-build.mjs';
import { build32BitClient, buildAddon, buildForTests } from './native-build.mjs';
import { installNpmPackages } from './npm-packages.mjs';
import { makePrebuilds } from './prebuilds.mjs';
import { buildBench, buildLibrary, buildSoak, buildTests } from './typescript-build.mjs';

/** @param {() => Promise<void>} work */
const locked = (work) => withLock('set-up', work);

/** Builds the library alone. */
export const setUpLibrary = () =>
  locked(async () => {
    await installNpmPackages();
    await buildLibrary();
  });

/** Builds the part of the package that git does not hold. On Debian only: it is cross-built there. */
export const setUpPackage = () =>
  locked(async () => {
    await installDebianPackages([...kProductPackages, ...k32BitPackages, ...kArm64Packages]);
    await installNpmPackages();
    await buildAddon();
    await makePrebuilds();
    await buildLibrary();
  });

/** Sets up what running the product needs. */
export const setUp = () => locked(setUpProduct);

/** Sets up what the product and its tests need. */
export const setUpTests = () =>
  locked(async () => {
    await setUpProduct();
    if (!onWindows) await makeFurtherPrefixes();
    await buildForTests();
    if (!onWindows && runs32BitPrograms()) {
      await installDebianPackages(k32BitPackages);
      await build32BitClient();
    }
    await buildTests();
    await buildSoak();
    await updateDotnet();
  });

/** Sets up the tests' programs for .NET. They need nothing else of this project. */
export const setUpDotnet = () => locked(buildDotnet);

/** Sets up what the product and the benchmark need. */
export const setUpBench = () =>
  locked(async () => {
    await setUpProduct();
    await buildForTests();
    await buildTests();
    await buildBench();
    await updateDotnet();
  });

/** Sets up what the product and the soak need. */
export const setUpSoak = () =>
  locked(async () => {
    await setUpProduct();
    await buildForTests();
    await buildTests();
    await buildSoak();
  });

/** Installs what the scripts that make files of native/ need. */
export const setUpGenerators = () => locked(() => installDebianPackages(kProductPackages));

/** Sets up what making the proxy/stub needs: MIDL, and Wine to run it. */
export const setUpMidl = () =>
  locked(async () => {
    await restoreMicrosoftSdk();
    await installDebianPackages([...kProductPackages, ...kMicrosoftSdkPackages]);
    await makeWinePrefix();
  });

/** Sets up what compiling with Microsoft's headers needs. */
export const setUpSdkCheck = () =>
  locked(async () => {
    await restoreMicrosoftSdk();
    await installDebianPackages(kMicrosoftSdkPackages);
    await installNpmPackages();
  });

/** Sets up what the linters need: they also look at the tests, the benchmark and the soak. */
export async function setUpLint() {
  await setUpTests();
  await setUpBench();
  await setUpSoak();
  if (!onWindows) await locked(() => installDebianPackages(kLintPackages));
}

async function setUpProduct() {
  if (!onWindows) await installDebianPackages(kProductPackages);
  await installNpmPackages();
  if (!onWindows) {
    await installWindowsNode();
    await makeWinePrefix();
    await checkWindowsNode();
  }
  await buildAddon();
  await buildLibrary();
}
