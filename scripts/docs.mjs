// npm run docs: makes the API pages in docs/api from the doc comments of lib/.
// docs.mjs --check: writes nothing; shows the differences and exits with 1 if there are any.
import { runMain } from './common/main.mjs';
import { setUpPackage } from './setup/index.mjs';

await runMain(async () => {
  await setUpPackage();
  const { checkApiPages, writeApiPages } = await import('./generated/api-pages.mjs');
  return process.argv.includes('--check') ? checkApiPages() : writeApiPages();
});
