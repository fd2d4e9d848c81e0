// Makes native/idl/generated/ from native/idl/method_call.idl with MIDL. Debian only. It needs the .NET
// SDK, which restores Microsoft's SDK.
//
//   node scripts/idl.mjs            writes the files
//   node scripts/idl.mjs --check    writes nothing; shows the differences and exits with 1 if there
//                                   are any
//   --out DIR                       another folder to write to, or to compare with
//   --idl FILE                      another interface definition
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { runMain } from './common/main.mjs';
import { inRoot } from './common/project.mjs';
import { setUpMidl } from './setup/index.mjs';

await runMain(async () => {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      out: { type: 'string', default: inRoot('native', 'idl', 'generated') },
      idl: { type: 'string', default: inRoot('native', 'idl', 'method_call.idl') },
    },
  });
  await setUpMidl();
  const { makeProxyStub } = await import('./generated/proxy-stub.mjs');
  const { checkFiles, writeFiles } = await import('./generated/files.mjs');
  const files = [...(await makeProxyStub(resolve(values.idl)))].map(
    ([name, text]) => /** @type {const} */ ([join(resolve(values.out), name), text]),
  );
  return values.check ? checkFiles(files, 'npm run idl:midl') : writeFiles(files);
});
