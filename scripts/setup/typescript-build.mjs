import { rmSync } from 'node:fs';
import { join, relative } from 'node:path';

import { runCommand } from '../common/command.mjs';
import { inCache, inRoot } from '../common/project.mjs';
import { listFiles, runStep } from '../common/step.mjs';

const kAdvice =
  'See the compiler above. Fix the sources that it names and run the same command again.';

export const kTestBuild = inCache('test-build');

export const kBenchBuild = inCache('bench-build');

export const kSoakBuild = inCache('soak-build');

export const buildLibrary = () => build('the library', 'lib', inRoot('dist'));

export const buildTests = () => build('the tests', 'test', kTestBuild);

export const buildBench = () => build('the benchmark', 'bench', kBenchBuild);

export const buildSoak = () => build('the soak', 'soak', kSoakBuild);

/**
 * @param {string} what
 * @param {string} folder
 * @param {string} output
 */
function build(what, folder, output) {
  const config = inRoot(`tsconfig.${folder}.json`);
  return runStep({
    name: `Build ${what}`,
    stamp: join(output, '.set-up'),
    files: [
      inRoot('package-lock.json'),
      inRoot('tsconfig.base.json'),
      config,
      inRoot('lib'),
      inRoot(folder),
    ],
    advice: kAdvice,
    async work() {
      removeOrphans(inRoot(folder), output);
      await runCommand(process.execPath, [
        inRoot('node_modules', 'typescript', 'bin', 'tsc'),
        '--build',
        config,
      ]);
    },
  });
}

/**
 * Removes what was compiled from a file that no longer exists. Otherwise a test runner or an import
 * could find it.
 * @param {string} sources
 * @param {string} output
 */
function removeOrphans(sources, output) {
  const kept = new Set(
    listFiles(sources).map((file) => relative(sources, file).replace(/\.c?ts$/, '')),
  );
  for (const file of listFiles(output)) {
    const source = relative(output, file).replace(/\.(c?js|d\.c?ts)(\.map)?$/, '');
    if (!source.startsWith('.') && !kept.has(source)) rmSync(file);
  }
}
