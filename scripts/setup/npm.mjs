// Runs npm. Everything that npm writes stays in the project's folder.
import { runCommand } from '../common/command.mjs';
import { inCache, onWindows, root } from '../common/project.mjs';

const kSettings = {
  npm_config_cache: inCache('npm'),
  npm_config_logs_max: '0',
  npm_config_update_notifier: 'false',
};

export const kRegistryAdvice =
  'See what npm says above. Is the npm registry reachable? Then run the same command again.';

/**
 * Runs `npm ci`, which installs exactly the packages of the lockfile and checks their integrity.
 * The packages' own scripts do not run.
 * @param {string[]} [args]
 * @param {string} [folder]
 */
export async function npmCi(args = [], folder = root) {
  const { command, first } = npmCommand();
  await runCommand(
    command,
    [...first, 'ci', '--ignore-scripts', '--no-audit', '--no-fund', ...args],
    {
      cwd: folder,
      env: { ...process.env, ...kSettings },
      shell: command === 'npm.cmd',
    },
  );
}

/** Returns the npm that started this process, or else the one on the path. */
function npmCommand() {
  const started = process.env.npm_execpath;
  if (started?.endsWith('npm-cli.js')) return { command: process.execPath, first: [started] };
  return { command: onWindows ? 'npm.cmd' : 'npm', first: [] };
}
