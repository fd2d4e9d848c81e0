// Compares native/com/generated/hresult_table.h, which is made from mingw-w64's winerror.h, with
// Microsoft's winerror.h.
import { rmSync, writeFileSync } from 'node:fs';

import { inCache, inRoot } from '../common/project.mjs';
import { say } from '../common/step.mjs';
import { readText } from '../generated/files.mjs';
import { runClang } from './clang.mjs';
import { constantsOf } from './evaluate.mjs';

const kTable = inRoot('native', 'com', 'generated', 'hresult_table.h');

/** The names of COM: Each must be in the table. The other codes that it lacks have no name there. */
const kOfCom = /^(CO|RPC|DISP|REGDB|CLASS)_E_(?!(FIRST|LAST)$)/;

/** @returns {Promise<boolean>} whether the table agrees with Microsoft's header */
export async function checkHResultNames() {
  const theirs = await constantsOf(['winerror.h'], await namesInHeader());
  const ours = codesIn(readText(kTable));
  const problems = differences(ours, theirs);
  for (const problem of problems) say(problem);
  if (problems.length > 0) return false;
  const codes = new Set(ours.values());
  const others = [...theirs.values()].filter((value) => !codes.has(value >>> 0));
  say(
    `  ${ours.size} names of error codes have the values of Microsoft's winerror.h. It defines ` +
      `${others.length} more numbers, none of them a code of COM.`,
  );
  return true;
}

/**
 * @param {Map<string, number>} ours the codes in the table, by name
 * @param {Map<string, number>} theirs the values in Microsoft's header, by name
 * @returns {string[]} a line for each difference that must not be
 */
export function differences(ours, theirs) {
  const hex = (/** @type {number} */ code) => `0x${(code >>> 0).toString(16)}`;
  const problems = [];
  for (const [name, code] of ours) {
    const value = theirs.get(name);
    if (value === undefined) problems.push(`${name}: Microsoft's winerror.h does not define it`);
    else if (value >>> 0 !== code) {
      problems.push(`${name}: ${hex(code)} in the table, ${hex(value)} in Microsoft's winerror.h`);
    }
  }
  const codes = new Set(ours.values());
  for (const [name, value] of theirs) {
    if (kOfCom.test(name) && !codes.has(value >>> 0)) {
      problems.push(
        `${name}: ${hex(value)} has no name in the table (scripts/generated/winerror.mjs)`,
      );
    }
  }
  return problems;
}

/** @param {string} table the text of hresult_table.h */
export function codesIn(table) {
  return new Map(
    [...table.matchAll(/\{(\w+), "(\w+)"\}/g)].map(([, code, name = '']) => [name, Number(code)]),
  );
}

async function namesInHeader() {
  const source = inCache(`winerror-${process.pid}.c`);
  try {
    writeFileSync(source, '#include <winerror.h>\n');
    const { output } = await runClang({
      processor: 'x64',
      language: 'c',
      args: ['-E', '-dM', source],
    });
    return [...output.matchAll(/^#define ([A-Z]\w+) ./gm)].map(([, name = '']) => name);
  } finally {
    rmSync(source, { force: true });
  }
}
