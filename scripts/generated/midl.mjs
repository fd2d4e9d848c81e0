// Runs MIDL, Microsoft's IDL compiler, under Wine.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { runCommand } from '../common/command.mjs';
import { kClang, sdk } from '../setup/microsoft-sdk.mjs';
import { kWine, wineEnvironment } from '../windows-node/wine.mjs';
import { readText } from './files.mjs';

/** The files of the SDK that MIDL reads, directly or not, for method_call.idl. */
const kImported = [
  ...['oaidl.idl', 'oaidl.acf', 'objidl.idl', 'unknwn.idl', 'wtypes.idl', 'wtypesbase.idl'],
  ...['basetsd.h', 'guiddef.h'],
];

/**
 * Writes the files that MIDL reads besides its input into a folder.
 * @param {string} folder
 * @param {string[]} defines what MIDL defines for its preprocessor
 */
export async function writeImported(folder, defines) {
  for (const name of kImported) {
    const including = join(folder, 'including');
    writeFileSync(including, `#include <${name}>\n`);
    writeFileSync(join(folder, name), await preprocessed(including, defines, folder));
  }
}

/**
 * Runs MIDL in a folder that contains all that it reads.
 * @param {string} folder
 * @param {string[]} args
 */
export async function runMidlIn(folder, args) {
  // MIDL would call Microsoft's C compiler to preprocess its input.
  const all = [sdk.midl, '/nologo', '/no_cpp', ...args];
  await runCommand(kWine, all, { cwd: folder, env: wineEnvironment() });
}

/**
 * @param {string} file
 * @param {string[]} defines
 * @param {string} folder
 */
export async function preprocessed(file, defines, folder) {
  const output = join(folder, 'preprocessed');
  await runCommand(kClang, [
    ...['-E', '-P', '-x', 'c', '-undef', '-nostdinc', '-ivfsoverlay', sdk.overlay],
    ...sdk.includes.map((include) => `-isystem${include}`),
    ...['__midl=801', '_WIN32', ...defines].map((define) => `-D${define}`),
    ...[file, '-o', output],
  ]);
  return readText(output);
}
