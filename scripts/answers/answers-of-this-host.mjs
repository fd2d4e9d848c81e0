// Asks this host. Each part may fail: then the answers say so, and the other parts are asked.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';

import { inCache, inRoot, onWindows, root } from '../common/project.mjs';
import { say, SetupError } from '../common/step.mjs';
import { setUpLibrary, setUpTests } from '../setup/index.mjs';
import { kTestBuild } from '../setup/typescript-build.mjs';
import { runWindowsNode } from '../windows-node/run.mjs';
import { windowsNode } from '../windows-node/versions.mjs';

const kFolder = inCache('answers');

/** The suite's report, as run-tests.mjs names it. That file cannot be imported if a build failed. */
const kSuiteReport = inCache('suite.json');

/** The experiments of test/fixtures/experiment.ts, and whether async-com itself runs the test addon. */
const kExperiments = [
  { name: 'apartments', testAddon: false },
  { name: 'failed-begin', testAddon: true },
];

/** Milliseconds: a part that takes longer is ended. */
const kLimit = 10 * 60_000;

/**
 * @param {object} options
 * @param {boolean} options.double whether a double of COM stands in for Windows
 * @returns {Promise<import('../../dist/verify/answers/answer-file.js').AnswerFile>}
 */
export async function answersOfThisHost({ double }) {
  rmSync(kFolder, { recursive: true, force: true });
  mkdirSync(kFolder, { recursive: true });
  /** @type {string[]} */
  const problems = [];
  const attempt = async (/** @type {string} */ part, /** @type {() => Promise<void>} */ work) => {
    say(`• ${part}`);
    try {
      await work();
      return true;
    } catch (error) {
      const advice = error instanceof SetupError ? ` ${error.advice}` : '';
      problems.push(`${part}: ${error.message}${advice}`);
      return false;
    }
  };
  const built = await attempt('set-up', setUpTests);
  // The questions are in the library, which needs no compiler for C++.
  const asked = built || (await attempt('set-up of the library', setUpLibrary));
  /** @type {import('../../dist/verify/report/report.js').Report | null} */
  let verify = null;
  const report = join(kFolder, 'verify.json');
  if (existsSync(inRoot('build', 'Release', 'async_com.node'))) {
    if (double) useDouble();
    await attempt('verify', async () => {
      const args = ['dist/cli/main.js', 'verify', '--json', fromRoot(report)];
      const exitCode = await runWindowsNode(args, { timeout: kLimit, output: discarded });
      if (!existsSync(report)) throw new Error(`ended with ${inHex(exitCode)} before its report`);
      verify = JSON.parse(readFileSync(report, 'utf8'));
    });
  }
  const experiments = built ? await tryExperiments(attempt, double) : [];
  return {
    format: 'async-com-answers',
    version: 1,
    versions: versions(verify),
    problems,
    verify,
    experiments,
    suite: existsSync(kSuiteReport) ? JSON.parse(readFileSync(kSuiteReport, 'utf8')) : null,
    questions: asked ? await answersIn({ verify, experiments }) : [],
  };
}

/** @param {import('../../dist/verify/answers/answering.js').Seen} seen */
async function answersIn(seen) {
  const answering = await import('../../dist/verify/answers/answering.js');
  return answering.answersIn(seen);
}

/** Everything that is started from now on has a double of COM. */
function useDouble() {
  process.env.ASYNC_COM_PREBUILD = testAddonFolder();
  process.env.ASYNC_COM_DOUBLE = 'server';
}

/**
 * @param {(part: string, work: () => Promise<void>) => Promise<boolean>} attempt
 * @param {boolean} double
 */
async function tryExperiments(attempt, double) {
  /** @type {import('../../dist/verify/answers/answer-file.js').ExperimentReport[]} */
  const reports = [];
  for (const { name, testAddon } of kExperiments) {
    await attempt(`experiment ${name}`, async () => {
      const file = join(kFolder, `${name}.json`);
      const script = join(kTestBuild, 'fixtures', 'experiment.js');
      const args = [fromRoot(script), name, fromRoot(file)];
      if (testAddon) process.env.ASYNC_COM_PREBUILD = testAddonFolder();
      try {
        const exitCode = inHex(await runWindowsNode(args, { timeout: kLimit }));
        const values = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null;
        reports.push({ name, exitCode, values });
        if (values === null) throw new Error(`ended with ${exitCode} before it saw anything`);
      } finally {
        if (!double) delete process.env.ASYNC_COM_PREBUILD;
      }
    });
  }
  return reports;
}

/** The folder of the test addon, as node.exe for Windows names it. */
function testAddonFolder() {
  const folder = inRoot('build', 'tests');
  return onWindows ? folder : `Z:${folder.replaceAll('/', '\\')}`;
}

/**
 * @param {import('../../dist/verify/report/report.js').Report | null} verify
 * @returns {import('../../dist/verify/answers/answer-file.js').Versions}
 */
function versions(verify) {
  const { ImageOS, ImageVersion } = process.env;
  return {
    addon: JSON.parse(readFileSync(inRoot('package.json'), 'utf8')).version,
    commit: commit(),
    windows: verify?.host.windows ?? null,
    wine: verify?.host.wine ?? (onWindows ? null : 'of unknown version'),
    node: verify?.host.node ?? (onWindows ? process.versions.node : windowsNode().version),
    arch: verify?.host.arch ?? process.arch,
    compiler: compiler(),
    image: ImageOS === undefined ? null : `${ImageOS} ${ImageVersion ?? ''}`.trim(),
  };
}

function commit() {
  try {
    return execFileSync('git', ['rev-parse', 'HEAD'], { cwd: root, encoding: 'utf8' }).trim();
  } catch {
    return null;
  }
}

/** Returns the compiler's name and version, which CMake keeps in a file of its own. */
function compiler() {
  const folder = inRoot('build', 'CMakeFiles');
  if (!existsSync(folder)) return null;
  const name = 'CMakeCXXCompiler.cmake';
  const file = readdirSync(folder)
    .map((version) => join(folder, version, name))
    .find((path) => existsSync(path));
  if (file === undefined) return null;
  const text = readFileSync(file, 'utf8');
  const value = (/** @type {string} */ key) =>
    new RegExp(`set\\(CMAKE_CXX_COMPILER_${key} "([^"]*)"\\)`).exec(text)?.[1];
  const id = value('ID');
  return id === undefined ? null : `${id} ${value('VERSION') ?? ''}`.trim();
}

/**
 * An exit code as Windows shows it: a crash has a large one.
 * @param {number} code
 */
function inHex(code) {
  return code > 255 ? `0x${code.toString(16).toUpperCase()}` : String(code);
}

/** @param {string} path */
function fromRoot(path) {
  return relative(root, path).replaceAll('\\', '/');
}

/** The report says the same. */
const discarded = {
  stdout: { write: () => undefined },
  stderr: { write: () => undefined },
};
