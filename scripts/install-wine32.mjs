// Installs the half of Wine that runs 32-bit programs (package wine32:i386), if that is possible. `bash
// .ci/run` does so. Wine then makes its prefixes again, and `npm test` builds and runs a 32-bit client.
import { runMain } from './common/main.mjs';
import { installWine32 } from './setup/debian-packages.mjs';

await runMain(installWine32);
