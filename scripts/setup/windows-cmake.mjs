import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';

import { SetupError } from '../common/step.mjs';

const kInVisualStudio = 'Common7\\IDE\\CommonExtensions\\Microsoft\\CMake\\CMake\\bin\\cmake.exe';

/**
 * Finds CMake: on the path, or else in Visual Studio.
 * @returns {string}
 */
export function findCmake() {
  if (!spawnSync('cmake', ['--version']).error) return 'cmake';
  const [found] = inVisualStudio();
  if (found) return found;
  throw new SetupError(
    'CMake',
    'it is neither on the path nor in Visual Studio',
    'Install Visual Studio 2022 or its Build Tools with "Desktop development with C++".',
  );
}

function inVisualStudio() {
  const programs = process.env['ProgramFiles(x86)'] ?? 'C:\\Program Files (x86)';
  const vswhere = join(programs, 'Microsoft Visual Studio', 'Installer', 'vswhere.exe');
  try {
    const args = ['-latest', '-products', '*', '-find', kInVisualStudio];
    return execFileSync(vswhere, args, { encoding: 'utf8' }).split('\r\n').filter(Boolean);
  } catch {
    return [];
  }
}
