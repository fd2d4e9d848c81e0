import { spawnSync } from 'node:child_process';

import { CommandError, runCommand } from '../common/command.mjs';
import { say, SetupError } from '../common/step.mjs';

const kStep = 'Debian packages';

/** What building, running and testing need. */
export const kProductPackages = [
  'cmake',
  'g++-mingw-w64-x86-64-posix',
  'libwine-dev',
  'mingw-w64-tools',
  'ninja-build',
  'python3',
  'wine64',
];

/** What the linters need beside them. */
export const kLintPackages = ['clang-format', 'clang-tidy'];

/**
 * Installs what is missing with apt; without the right to, tells the one command that does.
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
    // An earlier run may have been interrupted.
    await runCommand('dpkg', ['--configure', '-a'], { env });
    await runCommand('apt-get', ['update', '-q'], { env });
    await runCommand('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-q', ...install], { env });
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    process.stderr.write(error.output);
    throw new SetupError(
      kStep,
      error.message,
      `Mend what apt says above, or run: apt-get ${install.join(' ')}`,
    );
  }
}

/** @param {string[]} packages */
function missingPackages(packages) {
  const query = spawnSync(
    'dpkg-query',
    ['-W', '-f', '${Package} ${db:Status-Status}\n', ...packages],
    {
      encoding: 'utf8',
    },
  );
  if (query.error) {
    throw new SetupError(
      kStep,
      'dpkg-query was not found: this set-up knows Debian 12 and Windows only',
      'Use Debian 12 (a container will do) or Windows.',
    );
  }
  const installed = new Set(
    query.stdout
      .split('\n')
      .flatMap((line) => (line.endsWith(' installed') ? [line.split(' ')[0]] : [])),
  );
  return packages.filter((name) => !installed.has(name));
}
