// Makes native/com/generated/hresult_table.h from mingw-w64's winerror.h. Debian only.
//
//   node scripts/hresult-names.mjs            writes the file
//   node scripts/hresult-names.mjs --check    writes nothing; shows the differences and exits with 1
//                                             if there are any
//   --out FILE                                another file to write to, or to compare with
//   --include DIR                             another folder of headers to read
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { runMain } from './common/main.mjs';
import { inRoot } from './common/project.mjs';
import { setUpGenerators } from './setup/index.mjs';

await runMain(async () => {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      out: { type: 'string', default: inRoot('native', 'com', 'generated', 'hresult_table.h') },
      include: { type: 'string', default: '/usr/x86_64-w64-mingw32/include' },
    },
  });
  await setUpGenerators();
  const { makeHResultTable } = await import('./generated/hresult-table.mjs');
  const { checkFiles, writeFiles } = await import('./generated/files.mjs');
  const table = makeHResultTable(resolve(values.include));
  const files = [/** @type {const} */ ([resolve(values.out), table])];
  return values.check ? checkFiles(files, 'npm run hresult-names') : writeFiles(files);
});
