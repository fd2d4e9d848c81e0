// Rules about the C++ sources that no ready-made linter knows. Each gives the lines that break it.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

import { inRoot, root } from '../common/project.mjs';
import { listFiles, say } from '../common/step.mjs';

/** @typedef {{ path: string, text: string }} Source */

/** @returns {Promise<boolean>} whether no rule is broken */
export async function checkNativeRules() {
  const sources = listFiles(inRoot('native'))
    .filter((file) => /\.(cpp|h|c)$/.test(file))
    .map((file) => ({
      path: relative(root, file).replaceAll('\\', '/'),
      text: readFileSync(file, 'utf8'),
    }));
  const broken = waitsOnAtomics(sources);
  for (const line of broken) say(line);
  return broken.length === 0;
}

/**
 * libstdc++ without a futex, which is mingw-w64's, loses wake-ups in std::atomic::wait, and in all
 * that is built on it: a thread then waits for ever. Lock and Condition (com/lock.h) do not.
 * @param {Source[]} sources
 * @returns {string[]}
 */
export function waitsOnAtomics(sources) {
  const atomics = new Set(
    sources.flatMap(({ text }) =>
      [...text.matchAll(/\batomic(?:_flag\b|<[^;{]*?>)\s+(\w+)\s*[;{=]/g)].map(([, name]) => name),
    ),
  );
  return linesOf(sources).flatMap(({ at, line }) => {
    if (
      /^\s*#\s*include\s*<(latch|barrier|semaphore)>/.test(line) ||
      /\batomic_(wait|notify)/.test(line)
    ) {
      return [`${at}: ${line.trim()}: wait with a Lock and a Condition (com/lock.h)`];
    }
    const used = /\b(\w+)\s*(?:\.|->)\s*(?:wait|notify_one|notify_all)\s*\(/.exec(line);
    return used?.[1] !== undefined && atomics.has(used[1])
      ? [`${at}: waits on the atomic ${used[1]}: use a Lock and a Condition (com/lock.h)`]
      : [];
  });
}

/** @param {Source[]} sources */
function linesOf(sources) {
  return sources.flatMap(({ path, text }) =>
    text.split('\n').map((line, index) => ({ at: `${path}:${index + 1}`, path, line })),
  );
}
