// Runs a script in node.exe for Windows: under Wine on Linux, in this same node on Windows.
import { runAttached } from '../common/child.mjs';
import { onWindows } from '../common/project.mjs';
import { withRelayedOutput } from './output.mjs';
import { windowsNode } from './versions.mjs';
import { inWine } from './wine-session.mjs';
import { kWine, wineEnvironment } from './wine.mjs';

/**
 * @param {string[]} args node's arguments: its options, the script, the script's arguments
 * @param {object} [options]
 * @param {number} [options.timeout] in milliseconds
 * @param {string} [options.prefix] the Wine prefix; by default the project's
 * @param {import('./output.mjs').Output} [options.output] receives what the script prints; by
 *   default this process's own output
 * @returns {Promise<number>} the exit code
 */
export async function runWindowsNode(args, { timeout, prefix, output } = {}) {
  if (onWindows) return runAttached(process.execPath, args, { timeout });
  const { program } = windowsNode();
  const env = wineEnvironment(prefix);
  return inWine(() =>
    withRelayedOutput(output, (options) =>
      runAttached(kWine, [program, ...args], {
        timeout,
        ...options,
        env: { ...env, ...options.env },
      }),
    ),
  );
}
