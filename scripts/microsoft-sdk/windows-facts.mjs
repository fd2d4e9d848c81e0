// Makes test/native/generated/windows_facts.h: what the native sources take from Windows's headers.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';

import { inCache, inRoot } from '../common/project.mjs';
import { listFiles } from '../common/step.mjs';
import { sdk } from '../setup/microsoft-sdk.mjs';
import { runClang } from './clang.mjs';
import { constantsOf } from './evaluate.mjs';

export const kWindowsFacts = inRoot('test', 'native', 'generated', 'windows_facts.h');

/** The headers of Windows that the native sources include, and the one that MIDL made. */
export const kHeaders = [
  ...['windows.h', 'objbase.h', 'objidl.h', 'oleauto.h', 'psapi.h', 'rpc.h', 'rpcdcep.h', 'sddl.h'],
  ...['shellapi.h', 'tlhelp32.h', 'winternl.h', 'method_call.h'],
];

/** Names whose values are those of a compiler or of an option, not of Windows. */
const kNotOfWindows = /^(NDEBUG|UNICODE|_.*|WINVER|NOMINMAX|WIN32.*|SIZE_MAX|U?INT.*_MAX)$/;

/** @returns {Promise<string>} the text of windows_facts.h */
export async function makeWindowsFacts() {
  const names = await namesInSources();
  const constants = await constantsOf(kHeaders, names);
  const uuids = uuidsIn(await preprocessed('c++'));
  const tables = tablesIn(await preprocessed('c'));
  const interfaces = names.filter((name) => uuids.has(name) && tables.has(name));
  return `// Made by \`npm run check:sdk -- --write\` from the headers of Microsoft's Windows SDK
// ${sdk.version}. Do not edit.
//
// The constants and interfaces of Windows that the native sources name. windows_facts.cpp and
// windows_tables.c assert each with the headers of whoever compiles them.

// CONSTANT(name, value)
${[...constants].map(([name, value]) => `CONSTANT(${name}, ${value})`).join('\n')}

// INTERFACE(name, uuid)
${interfaces.map((name) => `INTERFACE(${name}, ${uuids.get(name)})`).join('\n')}

// METHOD(interface, name, place in the table of methods)
${interfaces
  .flatMap((name) =>
    (tables.get(name) ?? []).map((method, place) => `METHOD(${name}, ${method}, ${place})`),
  )
  .join('\n')}
`;
}

/** Returns the names in the sources that may be Windows's: those that begin with a capital letter. */
async function namesInSources() {
  const sources = ['native', 'test/interop/programs', 'test/native', 'bench/native']
    .flatMap((folder) => listFiles(inRoot(folder)))
    .filter((file) => /\.(cpp|h)$/.test(file) && !/[\\/](generated|linux)[\\/]/.test(file));
  const names = new Set();
  for (const file of sources) {
    const text = withoutComments(readFileSync(file, 'utf8'));
    for (const [name] of text.matchAll(/\b[A-Z]\w+\b/g)) {
      if (!kNotOfWindows.test(name)) names.add(name.replace(/^IID_/, ''));
    }
  }
  return [...names].sort();
}

/** @param {string} text of a C++ source */
function withoutComments(text) {
  return text.replaceAll(/\/\/.*|\/\*[^]*?\*\/|"(?:[^"\\\n]|\\.)*"/g, '');
}

/**
 * @param {'c' | 'c++'} language
 * @returns {Promise<string>} what the headers are after preprocessing
 */
async function preprocessed(language) {
  const source = inCache(`facts-${process.pid}.c`);
  try {
    writeFileSync(source, kHeaders.map((header) => `#include <${header}>\n`).join(''));
    const { ok, output, messages } = await runClang({
      processor: 'x64',
      language,
      args: ['-E', '-P', source],
    });
    if (!ok) throw new Error(messages);
    return output;
  } finally {
    rmSync(source, { force: true });
  }
}

/**
 * @param {string} text C++
 * @returns {Map<string, string>} the uuids of the interfaces, in the form of an initialiser of GUID
 */
function uuidsIn(text) {
  const uuids = new Map();
  const form =
    /__declspec\(uuid\("([\da-f]{8})-([\da-f]{4})-([\da-f]{4})-([\da-f]{4})-([\da-f]{12})"\)\)(?:\s+__declspec\(novtable\))?\s+(\w+)\s*[:{]/gi;
  for (const [, first, second, third, fourth = '', fifth = '', name] of text.matchAll(form)) {
    const bytes = (fourth + fifth).match(/../g) ?? [];
    const parts = [first, second, third, ...bytes].map((part = '') => `0x${part.toLowerCase()}`);
    uuids.set(name, parts.join(', '));
  }
  return uuids;
}

/**
 * @param {string} text C
 * @returns {Map<string, string[]>} the methods of each interface, in the order of its table
 */
function tablesIn(text) {
  const tables = new Map();
  for (const [, name, body = ''] of text.matchAll(
    /typedef struct (\w+)Vtbl\s*\{([^]*?)\}\s*\1Vtbl\s*;/g,
  )) {
    const methods = [...body.matchAll(/\(\s*__stdcall\s*\*\s*(\w+)\s*\)/g)];
    tables.set(
      name,
      methods.map(([, method]) => method),
    );
  }
  return tables;
}
