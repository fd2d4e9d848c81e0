// The API pages in docs/api, which typedoc makes from the doc comments of lib/.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

import { Application } from 'typedoc';

import { inCache, inRoot } from '../common/project.mjs';
import { listFiles, say } from '../common/step.mjs';
import { checkFiles, readText, writeFiles } from './files.mjs';

const kPages = inRoot('docs', 'api');

/** @returns {Promise<number>} the exit code */
export async function writeApiPages() {
  const pages = await makePages();
  rmSync(kPages, { recursive: true, force: true });
  return writeFiles(pages);
}

/** @returns {Promise<number>} the exit code: 0 if docs/api is what typedoc makes now */
export async function checkApiPages() {
  const pages = await makePages();
  const left = listFiles(kPages).filter((file) => !pages.some(([page]) => page === file));
  for (const file of left) say(`${relative(inRoot(), file)} is made by nothing any more.`);
  return Math.max(checkFiles(pages, 'npm run docs'), Math.min(left.length, 1));
}

/** @returns {Promise<import('./files.mjs').Files>} the pages as they would be in docs/api */
async function makePages() {
  mkdirSync(inCache(), { recursive: true });
  const folder = mkdtempSync(inCache('api-'));
  try {
    const app = await Application.bootstrapWithPlugins({
      options: inRoot('docs', 'typedoc.json'),
      out: folder,
      logLevel: 'Warn',
    });
    const project = await app.convert();
    if (project) await app.generateOutputs(project);
    if (!project || app.logger.hasErrors() || app.logger.hasWarnings()) {
      throw new Error('typedoc found problems in the doc comments of lib/: see above');
    }
    return listFiles(folder).map((file) => [join(kPages, relative(folder, file)), readText(file)]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
