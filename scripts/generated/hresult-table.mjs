import { join } from 'node:path';

import { readText } from './files.mjs';
import { mingwVersion, readCodes } from './winerror.mjs';

/**
 * Returns the text of native/com/generated/hresult_table.h.
 * @param {string} include the folder with winerror.h
 */
export function makeHResultTable(include) {
  const { hresults, win32Errors } = readCodes(readText(join(include, 'winerror.h')));
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
