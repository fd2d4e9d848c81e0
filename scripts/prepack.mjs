// Before npm packs: what the package has that is made, up to date.
import { runMain } from './common/main.mjs';
import { setUpPackage } from './setup/index.mjs';

await runMain(setUpPackage);
