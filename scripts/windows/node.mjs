// Runs a script in node.exe for Windows: under Wine on Linux, as itself on Windows.
import { runAttached } from '../common/child.mjs';
import { onWindows } from '../common/project.mjs';
import { kWindowsNode } from '../setup/windows-node.mjs';
import { relayedOutput } from './output.mjs';
import { enterWine, leaveWine } from './session.mjs';
import { kWine, wineEnvironment } from './wine.mjs';

/**
 * @param {string[]} args node's arguments: its options, the script, the script's arguments
 * @param {NodeJS.ProcessEnv} [variables]
 * @returns {Promise<number>} the exit code
 */
export async function runWindowsNode(args, variables = {}) {
  if (onWindows) {
    const env = { ...process.env, ...variables };
    return runAttached(process.execPath, args, { env });
  }
  await enterWine();
  const output = relayedOutput(process.stdout);
  const errors = relayedOutput(process.stderr);
  try {
    return await runAttached(kWine, [kWindowsNode, ...args], {
      env: { ...wineEnvironment(), ...terminalVariables(), ...variables },
      stdio: ['ignore', output.descriptor, errors.descriptor],
    });
  } finally {
    output.end();
    errors.end();
    await leaveWine();
  }
}

/** What the program would have asked the terminal. */
function terminalVariables() {
  const { isTTY, columns } = process.stdout;
  if (!isTTY) return {};
  return {
    ...(columns > 0 ? { COLUMNS: String(columns) } : {}),
    ...(process.env.NO_COLOR || process.env.FORCE_COLOR ? {} : { FORCE_COLOR: '1' }),
  };
}
