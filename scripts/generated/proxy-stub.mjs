// Makes the proxy/stub of an interface definition with MIDL, Microsoft's IDL compiler, under Wine.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { inCache } from '../common/project.mjs';
import { inWine } from '../windows-node/wine-session.mjs';
import { readText } from './files.mjs';
import { preprocessed, runMidlIn, writeImported } from './midl.mjs';

/** The targets: the name of each here, MIDL's name, and what MIDL defines for its preprocessor. */
const kTargets = [
  { name: 'x64', environment: 'x64', defines: ['_WIN64', '_M_AMD64'] },
  { name: 'x86', environment: 'win32', defines: ['_M_IX86'] },
  { name: 'arm64', environment: 'arm64', defines: ['_WIN64', '_M_ARM64'] },
];

/**
 * @param {string} idl the file with the interface definition
 * @returns {Promise<Map<string, string>>} the text of each file that is made from it, by name
 */
export async function makeProxyStub(idl) {
  mkdirSync(inCache(), { recursive: true });
  const folder = mkdtempSync(inCache('midl-'));
  try {
    return await inWine(() => makeInFolder(folder, idl));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @param {string} folder
 * @param {string} idl
 */
async function makeInFolder(folder, idl) {
  /** @type {Map<string, string>} */
  const files = new Map();
  for (const target of kTargets) {
    const made = await runMidl(join(folder, target.name), idl, target);
    for (const name of ['method_call.h', 'method_call_i.c']) {
      const text = mendDeclarations(made(name));
      if ((files.get(name) ?? text) !== text) {
        throw new Error(`MIDL wrote another ${name} for ${target.name} than for the other targets`);
      }
      files.set(name, text);
    }
    files.set(`method_call_p_${target.name}.c`, mendProxy(made('method_call_p.c')));
  }
  return files;
}

/**
 * Runs MIDL in a folder that contains all that it reads.
 * @param {string} folder
 * @param {string} idl
 * @param {typeof kTargets[number]} target
 * @returns {Promise<(name: string) => string>} returns the text of a file that MIDL made
 */
async function runMidl(folder, idl, { environment, defines }) {
  mkdirSync(folder);
  // MIDL writes the name of its input into the files. So the name is always the same.
  writeFileSync(join(folder, 'method_call.idl'), await preprocessed(idl, defines, folder));
  await writeImported(folder, defines);
  await runMidlIn(folder, ['/env', environment, '/Oicf', 'method_call.idl']);
  return (name) => readText(join(folder, name));
}

/**
 * Leaves out the target that MIDL names in the comment at the beginning, and hides a pragma from
 * compilers that would warn of it.
 * @param {string} text
 */
export function mendDeclarations(text) {
  const anyTarget = fix(text, /, env=Win\d\d \(32b run\), target_arch=\w+ [\d.]+ $/m, '');
  return fix(anyTarget, /^#pragma warning\( disable: 4049 \).*$/m, '#ifdef _MSC_VER\n$&\n#endif');
}

/**
 * Changes what not every compiler accepts. MIDL declares its tables `extern` and defines them
 * `static`: Microsoft's compiler warns of that (4211), and for others it is an error.
 * @param {string} text
 */
export function mendProxy(text) {
  return fix(text, /^extern const (?=method_call_MIDL_|MIDL_|USER_MARSHAL_)/gm, 'static const ');
}

/**
 * @param {string} text
 * @param {RegExp} pattern
 * @param {string} replacement
 */
function fix(text, pattern, replacement) {
  if (text.search(pattern) === -1) throw new Error(`MIDL must write ${String(pattern)}`);
  return text.replace(pattern, replacement);
}
