// npm runs this before it packs: builds the part of the package that git does not hold.
import { runMain } from './common/main.mjs';
import { onWindows } from './common/project.mjs';
import { SetupError } from './common/step.mjs';
import { setUpPackage } from './setup/index.mjs';

await runMain(async () => {
  if (onWindows) {
    throw new SetupError(
      'Package',
      'it is packed on Debian only',
      'There its addon for Windows is cross-built with mingw-w64. The workflow does so.',
    );
  }
  await setUpPackage();
});
