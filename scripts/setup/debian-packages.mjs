import { spawnSync } from 'node:child_process';

import { CommandError, runCommand } from '../common/command.mjs';
import { say, SetupError } from '../common/step.mjs';
import { runs32BitPrograms } from '../windows-node/wine.mjs';

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

/** The packages that only the 32-bit client of the tests needs. */
export const k32BitPackages = ['g++-mingw-w64-i686-posix'];

/** The packages that only the proxy/stub for arm64 needs. */
export const kArm64Packages = ['clang-19', 'lld-19', 'mingw-w64-common'];

/** The packages that only the linters and the sanitizers need. */
export const kLintPackages = ['clang-format', 'clang-tidy', 'g++'];

/** The packages that only what reads Microsoft's SDK needs: `idl:midl` and `check:sdk`. */
export const kMicrosoftSdkPackages = ['clang-19', 'libc++-19-dev', 'lld-19'];

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
  try {
    await runApt(install);
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

/**
 * Installs the half of Wine that runs 32-bit programs, if that is possible. It takes the architecture
 * away again if it cannot be installed: otherwise `apt-get update` could fail from then on.
 */
export async function installWine32() {
  if (runs32BitPrograms()) return;
  const why = (/** @type {string} */ reason) => {
    say(`• wine32:i386 is not installed: ${reason}. The tests of a 32-bit client are skipped.`);
  };
  if (process.getuid?.() !== 0) {
    why('only root can install it');
    return;
  }
  const { stdout } = spawnSync('dpkg', ['--print-foreign-architectures'], { encoding: 'utf8' });
  const hadArchitecture = stdout?.split('\n').includes('i386');
  say(`• ${kStep}: wine32:i386`);
  try {
    if (!hadArchitecture) await runCommand('dpkg', ['--add-architecture', 'i386']);
    await runApt(['install', '-y', '--no-remove', '--no-install-recommends', 'wine32:i386']);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    if (!hadArchitecture) spawnSync('dpkg', ['--remove-architecture', 'i386']);
    why(/^E: (.*)/m.exec(error.output)?.[1] ?? error.message);
  }
}

/**
 * Updates the lists of packages and runs apt-get.
 * @param {string[]} args
 */
async function runApt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', TMPDIR: '/tmp' };
  // Finishes an earlier run that was interrupted.
  await runCommand('dpkg', ['--configure', '-a'], { env });
  await runCommand('apt-get', ['update', '-q'], { env });
  await runCommand('apt-get', ['-o', 'DPkg::Lock::Timeout=300', '-q', ...args], { env });
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
