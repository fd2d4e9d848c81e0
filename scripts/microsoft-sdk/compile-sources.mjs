// Compiles all sources of the product, the tests, the benchmark and the soak with Microsoft's
// headers.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';

import { inCache, inRoot, root } from '../common/project.mjs';
import { listFiles, say } from '../common/step.mjs';
import { kProcessors, runClang } from './clang.mjs';

/** With mingw-w64 only. */
const kMingwOnly = 'native/node/delay_load_hook.cpp';

/** Of the test addon. It walks the stack of a thread by its registers. */
const kX64Only = 'native/testing/exception_watch.cpp';

/** Lists the sources, as paths in the repository. */
export function nativeSources() {
  return ['native', 'test/interop/programs', 'test/native', 'bench/native', 'soak/native']
    .flatMap((folder) => listFiles(inRoot(folder)))
    .map((file) => relative(root, file))
    .filter((file) => /\.(c|cpp)$/.test(file) && file !== kMingwOnly)
    .filter((file) => !/method_call_p_\w+\.c$/.test(file)); // proxy_stub.c includes these.
}

/**
 * Compiles each source for each processor.
 * @returns {Promise<boolean>} whether there was no error and no warning
 */
export async function compileSources() {
  const sources = nativeSources();
  mkdirSync(inCache(), { recursive: true });
  const folder = mkdtempSync(inCache('check-sdk-'));
  try {
    let ok = true;
    for (const processor of /** @type {import('./clang.mjs').Processor[]} */ (
      Object.keys(kProcessors)
    )) {
      const its = sources.filter((file) => processor === 'x64' || file !== kX64Only);
      say(`• ${its.length} sources for ${processor}`);
      ok = (await compileFor(processor, its, folder)) && ok;
    }
    return ok;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {import('./clang.mjs').Processor} processor
 * @param {string[]} sources
 * @param {string} folder
 */
async function compileFor(processor, sources, folder) {
  const header = join(folder, `${processor}.pch`);
  const compilation = { processor, language: 'c++-header' };
  const args = ['native/node/precompiled_node.h', '-o', header];
  if (!shown(await runClang({ ...compilation, args }))) return false;
  const waiting = [...sources];
  let ok = true;
  const worker = async () => {
    for (let source; (source = waiting.shift());) {
      ok = shown(await compile(processor, source, header)) && ok;
    }
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, worker));
  return ok;
}

/**
 * @param {import('./clang.mjs').Processor} processor
 * @param {string} source
 * @param {string} header the precompiled header
 */
function compile(processor, source, header) {
  const isC = source.endsWith('.c');
  const args = ['-fsyntax-only', ...(isC ? [] : ['-include-pch', header]), source];
  return runClang({ processor, language: isC ? 'c' : 'c++', args });
}

/** @param {{ ok: boolean, messages: string }} result */
function shown({ ok, messages }) {
  process.stdout.write(messages);
  return ok;
}
