// Rules for the C++ sources that no existing linter has. Each returns the lines that break it.
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
  const broken = [...waitsOnAtomics(sources), ...includesAgainstTheOrder(sources)];
  for (const line of broken) say(line);
  return broken.length === 0;
}

/**
 * The rooms of native/. A room may include itself and the rooms before it in this list.
 * ARCHITECTURE.md describes them.
 */
export const kRooms = [
  'idl',
  'proxy_stub',
  'com',
  'security',
  'value',
  'automation',
  'threads',
  'server',
  'client',
  'probes',
  'node',
  'testing',
];

/**
 * Finds includes of a later room, files in no room, and Node-API outside `node` and `testing`.
 * @param {Source[]} sources
 * @returns {string[]}
 */
export function includesAgainstTheOrder(sources) {
  const roomOf = (/** @type {string} */ path) => kRooms.indexOf(path.split('/')[0] ?? '');
  return linesOf(sources).flatMap(({ at, path, line }) => {
    const file = path.replace(/^native\//, '');
    // The precompiled headers belong to no room, and no room includes them.
    if (/^precompiled_\w+\.h$/.test(file)) return [];
    const room = roomOf(file);
    if (room === -1) return at.endsWith(':1') ? [`${path}: must be in a room of native/`] : [];
    const [, included = ''] = /^\s*#\s*include\s*["<]([^">]+)[">]/.exec(line) ?? [];
    if (included === 'napi.h' && room < roomOf('node')) {
      return [`${at}: ${kRooms[room]} must not use Node-API`];
    }
    return roomOf(included) > room
      ? [`${at}: ${kRooms[room]} must not include ${kRooms[roomOf(included)]}, a later room`]
      : [];
  });
}

/**
 * Finds waits on atomics. The libstdc++ of mingw-w64 has no futex and loses wake-ups in
 * std::atomic::wait and in everything built on it. A thread then waits for ever. Lock and Condition
 * (com/lock.h) lose none.
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
