// Runs a script in node.exe for Windows: under Wine on Linux, as itself on Windows.
import { runAttached } from '../common/child.mjs';
import { onWindows } from '../common/project.mjs';
import { kWindowsNode } from '../setup/windows-node.mjs';
import { withRelayedOutput } from './output.mjs';
import { inWine } from './session.mjs';
import { kWine, wineEnvironment } from './wine.mjs';

/**
 * @param {string[]} args node's arguments: its options, the script, the script's arguments
 * @param {object} [options]
 * @param {number} [options.timeout]
 * @param {string} [options.prefix] the Wine prefix; the project's where none is given
 * @param {import('./output.mjs').Output} [options.output] where what it prints goes to
 * @returns {Promise<number>} the exit code
 */
export async function runWindowsNode(args, { timeout, prefix, output } = {}) {
  if (onWindows) return runAttached(process.execPath, args, { timeout });
  const env = wineEnvironment(prefix);
  return inWine(() =>
    withRelayedOutput(output, (options) =>
      runAttached(kWine, [kWindowsNode, ...args], {
        timeout,
        ...options,
        env: { ...env, ...options.env },
      }),
    ),
  );
}
