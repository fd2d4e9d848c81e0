// Runs clang-tidy on the C++ sources of the addon, the tests, the examples, the benchmark and the soak,
// with the flags of the build and the cross compiler's C++ library.
import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { inCache, inRoot } from '../common/project.mjs';

const kTarget = 'x86_64-w64-mingw32';
const kFolder = inCache('clang-tidy');

/** @returns {Promise<boolean>} whether it found no problem */
export async function clangTidy() {
  const commands = compileCommands();
  mkdirSync(kFolder, { recursive: true });
  writeFileSync(join(kFolder, 'compile_commands.json'), JSON.stringify(commands));
  const args = ['--quiet', '-p', kFolder, ...crossCompilation()];
  const files = commands.map(({ file }) => file);
  let ok = true;
  const worker = async () => {
    for (let file; (file = files.pop());) ok = (await checkFile([...args, file])) && ok;
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return ok;
}

/**
 * Returns the commands of the build without GCC's precompiled header. So clang-tidy reports a
 * source that does not include what it uses.
 * @returns {{ file: string, command: string }[]}
 */
function compileCommands() {
  const text = readFileSync(inRoot('build', 'compile_commands.json'), 'utf8');
  /** @type {{ file: string, command: string }[]} */
  const commands = JSON.parse(text.replaceAll(/ -Winvalid-pch -include \S+/g, ''));
  const ours = ['native', 'test', 'examples', 'bench', 'soak'].map((folder) => inRoot(folder));
  return commands.filter(
    ({ file }) => file.endsWith('.cpp') && ours.some((folder) => file.startsWith(folder)),
  );
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
