// What users build with: the TypeScript compiler, and a bundler.
import { join } from 'node:path';

import { build } from 'esbuild';
import ts from 'typescript';

import { inRoot } from '../common/project.mjs';

/**
 * Compiles server.ts and client.ts of a project as a user does.
 * @param {string} folder
 * @param {'node16' | 'nodenext' | 'bundler'} resolution
 * @returns {string[]} the problems
 */
export function typeCheck(folder, resolution) {
  const kinds = ts.ModuleResolutionKind;
  const program = ts.createProgram(
    ['server.ts', 'client.ts'].map((name) => join(folder, name)),
    {
      strict: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2022,
      lib: ['lib.esnext.d.ts'],
      types: ['node'],
      typeRoots: [inRoot('node_modules', '@types')],
      ...{
        node16: { module: ts.ModuleKind.Node16, moduleResolution: kinds.Node16 },
        nodenext: { module: ts.ModuleKind.NodeNext, moduleResolution: kinds.NodeNext },
        bundler: { module: ts.ModuleKind.ESNext, moduleResolution: kinds.Bundler },
      }[resolution],
    },
  );
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

/**
 * Makes a bundle as docs/installing.md says.
 * @param {string} entry
 * @param {string} folder
 * @param {'esm' | 'cjs'} format
 * @returns {Promise<string>} the name of the bundle
 */
export async function bundle(entry, folder, format) {
  const name = format === 'esm' ? 'bundle.mjs' : 'bundle.cjs';
  const requireInEsm =
    "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);";
  await build({
    entryPoints: [entry],
    outfile: join(folder, name),
    bundle: true,
    platform: 'node',
    format,
    loader: { '.node': 'copy' },
    logLevel: 'error',
    banner: format === 'esm' ? { js: requireInEsm } : {},
  });
  return name;
}
