import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import ts from 'typescript';

import { root } from './scripts.js';

/** Declarations for samples that show only a part of a program. */
const around = `
  declare const call: import('async-com').ServerCall;
  declare const server: import('async-com').Server;
  declare const connection: import('async-com').Connection;
  declare const files: import('async-com').Connection;
`;

/** The samples in other languages. test/interop/dotnet.test.ts runs these files. */
const folderOfOthers = 'test/interop/dotnet/sample';

/** Returns every sample in a language, by its page and first line. */
function samples(language: string): Map<string, string> {
  const fence = new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms');
  const pages = [
    'README.md',
    ...readdirSync(path.join(root, 'docs'))
      .filter((name) => name.endsWith('.md'))
      .map((name) => `docs/${name}`),
  ];
  const found = new Map<string, string>();
  for (const page of pages) {
    const text = readFileSync(path.join(root, page), 'utf8');
    for (const match of text.matchAll(fence)) {
      const line = text.slice(0, match.index).split('\n').length + 1;
      found.set(`${page}:${String(line)}`, match[1] ?? '');
    }
  }
  return found;
}

/** Compiles each sample with strict checks, as a user's project does, and returns the problems. */
function problemsOf(all: Map<string, string>): Record<string, string[]> {
  mkdirSync(path.join(root, '.cache'), { recursive: true });
  const folder = mkdtempSync(path.join(root, '.cache/samples-'));
  try {
    const names = [...all.keys()];
    const files = names.map((name, index) => {
      const file = path.join(folder, `${String(index)}.ts`);
      writeFileSync(file, `${all.get(name) ?? ''}\nexport {};\n`);
      return file;
    });
    const globals = path.join(folder, 'around.d.ts');
    writeFileSync(globals, around);
    const program = ts.createProgram([...files, globals], {
      strict: true,
      noEmit: true,
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      lib: ['lib.esnext.d.ts'],
      types: ['node'],
      typeRoots: [path.join(root, 'node_modules/@types')],
      paths: { 'async-com': [path.join(root, 'dist/index.d.ts')] },
    });
    const problems: Record<string, string[]> = {};
    for (const { file, messageText } of ts.getPreEmitDiagnostics(program)) {
      const name = names[files.findIndex((one) => path.normalize(file?.fileName ?? '') === one)];
      (problems[name ?? 'the compiler'] ??= []).push(
        ts.flattenDiagnosticMessageText(messageText, ' '),
      );
    }
    return problems;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe('the samples in README.md and docs/', function () {
  this.timeout(60_000);

  it('compile without a change', () => {
    assert.ok(samples('ts').size > 10);
    assert.deepEqual(problemsOf(samples('ts')), {});
  });

  it('are reported if they do not compile (control)', () => {
    const broken = new Map([
      ['a type', "import { connect } from 'async-com';\nawait connect(5);\n"],
      ['implicit any', 'export const handler = { head: (one) => one };\n'],
    ]);
    assert.deepEqual(Object.keys(problemsOf(broken)), ['a type', 'implicit any']);
  });

  it('are the files that the tests run, if they are in C# or PowerShell', () => {
    const files = readdirSync(path.join(root, folderOfOthers))
      .filter((name) => /\.(cs|ps1)$/.test(name))
      .map((name) => readFileSync(path.join(root, folderOfOthers, name), 'utf8'));
    const shown = [...samples('csharp').values(), ...samples('powershell').values()];
    assert.equal(shown.length, 3);
    assert.deepEqual(shown.sort(), files.sort());
  });
});
