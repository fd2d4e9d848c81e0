// Runs a script in node.exe for Windows: under Wine on Linux, as itself on Windows.
import { runAttached } from '../common/child.mjs';
import { onWindows } from '../common/project.mjs';
import { kWindowsNode } from '../setup/windows-node.mjs';
import { relayedOutput } from './output.mjs';
import { enterWine, leaveWine } from './session.mjs';
import { kWine, wineEnvironment } from './wine.mjs';

/**
 * @param {string[]} args node's arguments: its options, the script, the script's arguments
 * @param {{ timeout?: number }} [limits]
 * @returns {Promise<number>} the exit code
 */
export async function runWindowsNode(args, limits = {}) {
  if (onWindows) return runAttached(process.execPath, args, limits);
  await enterWine();
  const output = relayedOutput(process.stdout);
  const errors = relayedOutput(process.stderr);
  try {
    return await runAttached(kWine, [kWindowsNode, ...args], {
      ...limits,
      env: { ...wineEnvironment(), ...terminalVariables() },
      stdio: ['ignore', output.descriptor, errors.descriptor],
    });
  } finally {
    output.end();
    errors.end();
    await leaveWine();
  }
}

/** What the program would have asked the terminal: it sees a file. */
function terminalVariables() {
  const { isTTY, columns } = process.stdout;
  const colour = isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' };
  return {
    ...(columns > 0 ? { COLUMNS: String(columns) } : {}),
    ...('NO_COLOR' in process.env || 'FORCE_COLOR' in process.env ? {} : colour),
  };
}
