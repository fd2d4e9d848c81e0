// Makes native/com/generated/hresult_table.h and lib/errors/generated/hresult-table.ts from
// mingw-w64's winerror.h. Debian only.
//
//   node scripts/hresult-names.mjs            writes the files
//   node scripts/hresult-names.mjs --check    writes nothing; shows the differences and exits with 1
//                                             if there are any
//   --out DIR                                 another folder for both: to write to, or to compare with
//   --include DIR                             another folder of headers to read
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { runMain } from './common/main.mjs';
import { inRoot } from './common/project.mjs';
import { setUpGenerators } from './setup/index.mjs';

await runMain(async () => {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      out: { type: 'string' },
      include: { type: 'string', default: '/usr/x86_64-w64-mingw32/include' },
    },
  });
  await setUpGenerators();
  const { makeHResultTables } = await import('./generated/hresult-table.mjs');
  const { checkFiles, writeFiles } = await import('./generated/files.mjs');
  const tables = makeHResultTables(resolve(values.include));
  const { out } = values;
  const files = /** @type {const} */ ([
    [join(out ?? inRoot('native', 'com', 'generated'), 'hresult_table.h'), tables.cpp],
    [join(out ?? inRoot('lib', 'errors', 'generated'), 'hresult-table.ts'), tables.ts],
  ]);
  return values.check ? checkFiles(files, 'npm run hresult-names') : writeFiles(files);
});
