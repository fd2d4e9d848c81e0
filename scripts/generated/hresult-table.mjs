import { join } from 'node:path';

import { readText } from './files.mjs';
import { mingwVersion, readCodes } from './winerror.mjs';

/**
 * Returns the texts of native/com/generated/hresult_table.h and lib/errors/generated/hresult-table.ts.
 * @param {string} include the folder with winerror.h
 */
export function makeHResultTables(include) {
  const codes = readCodes(readText(join(include, 'winerror.h')));
  const version = mingwVersion(readText(join(include, '_mingw_mac.h')));
  const head = `// Made by scripts/hresult-names.mjs from the winerror.h of mingw-w64 ${version}. Do not edit.`;
  return { cpp: cppTable(head, codes), ts: tsTable(head, codes) };
}

/** @typedef {ReturnType<typeof readCodes>} Codes */

/**
 * @param {string} head
 * @param {Codes} codes
 */
function tsTable(head, { hresults, win32Errors }) {
  return `${head}

/** The HRESULTs and their names, one in a line, sorted by code. */
export const hresultTable = \`
${lines(hresults, inHex)}
\`;

/** The Win32 error codes and their names. */
export const win32ErrorTable = \`
${lines(win32Errors, String)}
\`;
`;
}

/**
 * @param {Map<number, string>} names
 * @param {(code: number) => string} write
 */
function lines(names, write) {
  return [...names].map(([code, name]) => `${write(code)} ${name}`).join('\n');
}

/** @param {number} code */
function inHex(code) {
  return `0x${code.toString(16).toUpperCase().padStart(8, '0')}`;
}

/**
 * @param {string} head
 * @param {Codes} codes
 */
function cppTable(head, { hresults, win32Errors }) {
  return `${head}
#pragma once

#include <cstdint>

namespace async_com {

struct NamedCode {
  std::uint32_t code;
  const char* name;
};

// Both sorted by code, with one name for each.
inline constexpr NamedCode kHResults[] = {
${rows(hresults, inHex)}
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
