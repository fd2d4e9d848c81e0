// Runs npm, with everything it writes kept in the project's folder.
import { runCommand } from '../common/command.mjs';
import { inCache, onWindows, root } from '../common/project.mjs';

const kSettings = {
  npm_config_cache: inCache('npm'),
  npm_config_logs_max: '0',
  npm_config_update_notifier: 'false',
};

/**
 * `npm ci`: exactly what the lockfile names, checked by integrity; no package's own scripts are
 * run.
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

/** The npm that started us, so that a second one on the path makes no difference. */
function npmCommand() {
  const started = process.env.npm_execpath;
  if (started?.endsWith('npm-cli.js')) return { command: process.execPath, first: [started] };
  return { command: onWindows ? 'npm.cmd' : 'npm', first: [] };
}
