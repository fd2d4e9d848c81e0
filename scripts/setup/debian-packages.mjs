import { spawnSync } from 'node:child_process';

import { CommandError, runCommand } from '../common/command.mjs';
import { say, SetupError } from '../common/step.mjs';

const kStep = 'Debian packages';

/**
 * The packages for building, running and testing. Debian 12 and 13 have them under the same names.
 */
export const kProductPackages = [
  'cmake',
  'g++-mingw-w64-x86-64-posix',
  'ninja-build',
  'python3',
  'wine64',
];

/** The packages that only the linters and the sanitizers need. */
export const kLintPackages = ['clang-format', 'clang-tidy', 'g++'];

/** The packages that only what reads Microsoft's SDK needs: `idl:midl` and `check:sdk`. */
export const kMicrosoftSdkPackages = ['clang-19', 'libc++-19-dev'];

/**
 * Installs the missing packages with apt. A user who is not root gets the command to type.
 * @param {string[]} packages
 */
export async function installDebianPackages(packages) {
  const missing = missingPackages(packages);
  if (missing.length === 0) return;
  const install = ['install', '-y', '--no-install-recommends', ...missing];
  if (process.getuid?.() !== 0) {
    throw new SetupError(
      kStep,
      `not installed: ${missing.join(', ')}`,
      `Run: sudo sh -c "apt-get update && apt-get ${install.join(' ')}"`,
    );
  }
  say(`• ${kStep}: ${missing.join(', ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', TMPDIR: '/tmp' };
  try {
    // Finishes an earlier run that was interrupted.
    await runCommand('dpkg', ['--configure', '-a'], { env });
    await runCommand('apt-get', ['update', '-q'], { env });
    await runCommand('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-q', ...install], { env });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    process.stderr.write(error.output);
    throw new SetupError(
      kStep,
      error.message,
      `Fix what apt says above, or run: apt-get ${install.join(' ')}`,
    );
  }
}

/** @param {string[]} packages */
function missingPackages(packages) {
  const query = spawnSync(
    'dpkg-query',
    ['-W', '-f', '${Package} ${db:Status-Status}\n', ...packages],
    { encoding: 'utf8' },
  );
  if (query.error) {
    throw new SetupError(
      kStep,
      'dpkg-query was not found: this set-up supports Debian and Windows only',
      'Use Debian 12 or 13 (a container is enough), or Windows.',
    );
  }
  const installed = new Set(
    query.stdout
      .split('\n')
      .flatMap((line) => (line.endsWith(' installed') ? [line.split(' ')[0]] : [])),
  );
  return packages.filter((name) => !installed.has(name));
}
