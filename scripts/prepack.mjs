// npm runs this before it packs: builds the part of the package that git does not hold.
import { runMain } from './common/main.mjs';
import { setUpPackage } from './setup/index.mjs';

await runMain(setUpPackage);
