// clang-tidy over the addon's own sources, with the build's own flags and the cross compiler's C++
// library.
import { execFile, execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { promisify } from 'node:util';

import { inRoot } from '../common/project.mjs';

const kTarget = 'x86_64-w64-mingw32';

/** @returns {Promise<boolean>} whether it found nothing */
export async function clangTidy() {
  const args = ['--quiet', '-p', inRoot('build'), ...crossCompilation()];
  const files = builtSources();
  let ok = true;
  const worker = async () => {
    for (let file; (file = files.pop());) ok = (await checkFile([...args, file])) && ok;
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return ok;
}

/** @returns {string[]} */
function builtSources() {
  const commands = JSON.parse(readFileSync(inRoot('build', 'compile_commands.json'), 'utf8'));
  return commands
    .map((/** @type {{ file: string }} */ { file }) => file)
    .filter((/** @type {string} */ file) => file.endsWith('.cpp'));
}

function crossCompilation() {
  const library = execFileSync(`${kTarget}-g++-posix`, ['-print-file-name=include/c++'], {
    encoding: 'utf8',
  }).trim();
  return [
    `--target=${kTarget}`,
    `-isystem${library}`,
    `-isystem${library}/${kTarget}`,
    `-isystem${library}/backward`,
  ].map((arg) => `--extra-arg=${arg}`);
}

/** @param {string[]} args */
async function checkFile(args) {
  try {
    await promisify(execFile)('clang-tidy', args);
    return true;
  } catch (error) {
    const { stdout, message } = /** @type {Error & { stdout?: string }} */ (error);
    process.stdout.write(stdout || `${message}\n`);
    return false;
  }
}
