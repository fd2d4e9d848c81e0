// Makes native/com/generated/hresult_table.h from mingw-w64's winerror.h.
//
//   node scripts/hresult-names.mjs            writes the file
//   node scripts/hresult-names.mjs --check    writes nothing; shows the differences and exits with 1
//                                             if there are any
//   --out FILE                                another file to write to, or to compare with
//   --include DIR                             another folder of headers to read

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { isCurrent, readText } from './common/generated.mjs';
import { runMain } from './common/main.mjs';
import { inRoot, root } from './common/project.mjs';
import { say, SetupError } from './common/step.mjs';
import { mingwVersion, readCodes } from './winerror.mjs';

const kInclude = '/usr/x86_64-w64-mingw32/include';
const kTable = inRoot('native', 'com', 'generated', 'hresult_table.h');

/** @param {string} include */
function makeTable(include) {
  const header = join(include, 'winerror.h');
  if (!existsSync(header)) {
    const advice = 'Install the Debian package mingw-w64-common; the file is made on Linux only.';
    throw new SetupError('HRESULT names', `${header} is missing`, advice);
  }
  const { hresults, win32Errors } = readCodes(readText(header));
  const version = mingwVersion(readText(join(include, '_mingw_mac.h')));
  return `// Made by scripts/hresult-names.mjs from the winerror.h of mingw-w64 ${version}. Do not edit.
#pragma once

#include <cstdint>

namespace async_com {

struct NamedCode {
  std::uint32_t code;
  const char* name;
};

// Both sorted by code, with one name for each.
inline constexpr NamedCode kHResults[] = {
${rows(hresults, (code) => `0x${code.toString(16).toUpperCase().padStart(8, '0')}`)}
};

inline constexpr NamedCode kWin32Errors[] = {
${rows(win32Errors, String)}
};

}  // namespace async_com
`;
}

/**
 * @param {Map<number, string>} names
 * @param {(code: number) => string} write
 */
function rows(names, write) {
  return [...names].map(([code, name]) => `    {${write(code)}, "${name}"},`).join('\n');
}

await runMain(async () => {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      out: { type: 'string', default: kTable },
      include: { type: 'string', default: kInclude },
    },
  });
  const out = resolve(values.out);
  const name = relative(root, out);
  const table = makeTable(resolve(values.include));
  if (!values.check) {
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, table);
    say(`Made ${name}`);
    return 0;
  }
  if (isCurrent(out, table)) {
    say('The table of HRESULT names is current.');
    return 0;
  }
  say(`${name} is not current: run 'npm run hresult-names' and commit what it makes.`);
  return 1;
});
