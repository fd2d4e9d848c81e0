// Builds the .NET programs of the tests (test/interop/dotnet), where the .NET SDK 10 is installed. The
// first build downloads 165 MB, so only `npm run build:dotnet` does it. After that `npm test` and
// `npm run bench` build what has changed.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { runCommand } from '../common/command.mjs';
import { inCache, inRoot, root } from '../common/project.mjs';
import { runStep, say } from '../common/step.mjs';

const kSources = inRoot('test', 'interop', 'dotnet');

/** What the build writes. Each output is a folder: its programs share one copy of the runtime. */
const kOutputs = [
  { name: 'programs', projects: ['sample', 'client', 'server', 'automation'], sources: ['shared'] },
  { name: 'powershell', projects: ['powershell'], sources: [] },
].map((output) => {
  const folder = inCache('dotnet', output.name);
  return { ...output, folder, stamp: join(folder, '.set-up') };
});

/** Tells the tests and the benchmark why they have no .NET programs. */
const kVariable = 'ASYNC_COM_WITHOUT_DOTNET';

/** Builds the programs, or says why it cannot. */
export async function buildDotnet() {
  const reason = whyNoSdk();
  if (reason !== undefined) say(`• .NET programs of the tests: not built, because ${reason}`);
  else await build();
}

/** Builds the programs again if their sources have changed since buildDotnet(). */
export async function updateDotnet() {
  delete process.env[kVariable];
  const reason = whyNoSdk() ?? whyNotBuilt();
  if (reason !== undefined) process.env[kVariable] = reason;
  else await build();
}

function whyNoSdk() {
  const { stdout } = spawnSync('dotnet', ['--list-sdks'], { encoding: 'utf8' });
  return /^10\./m.test(stdout ?? '') ? undefined : 'there is no .NET SDK 10 on the PATH';
}

function whyNotBuilt() {
  const built = kOutputs.every(({ projects, folder }) =>
    projects.every((project) => existsSync(join(folder, `dotnet_${project}.exe`))),
  );
  if (built) return undefined;
  return 'the .NET programs are not built: run `npm run build:dotnet`';
}

async function build() {
  for (const { name, projects, sources, folder, stamp } of kOutputs) {
    await runStep({
      name: `Build the .NET programs of the tests (${projects.join(', ')})`,
      stamp,
      files: ['Directory.Build.props', 'global.json', ...projects, ...sources].map((file) =>
        join(kSources, file),
      ),
      settings: { root, name },
      advice:
        'See what dotnet says above. Is nuget.org reachable? To build again from nothing, delete\n' +
        '  .cache/dotnet and run `npm run build:dotnet`.',
      async work() {
        for (const project of projects) await publish(project, folder);
      },
    });
  }
}

/**
 * @param {string} project
 * @param {string} folder
 */
async function publish(project, folder) {
  await runCommand(
    'dotnet',
    [
      'publish',
      project,
      `--output=${folder}`,
      '--configuration=Release',
      // No process stays behind.
      '--disable-build-servers',
      // The lockfile decides. Its packages stay in .cache, so a second copy of them is of no use.
      '-property:RestoreLockedMode=true',
      '-property:RestoreNoHttpCache=true',
    ],
    {
      cwd: kSources,
      env: {
        ...process.env,
        DOTNET_CLI_HOME: inCache('dotnet', 'home'),
        DOTNET_CLI_TELEMETRY_OPTOUT: '1',
        DOTNET_EnableDiagnostics: '0',
        DOTNET_NOLOGO: '1',
        NUGET_PACKAGES: inCache('dotnet', 'packages'),
      },
    },
  );
}
