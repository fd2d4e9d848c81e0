// Links the proxy/stub DLL for arm64 from objects that were compiled with Microsoft's headers. The package
// has the same DLL, compiled with mingw-w64's.
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { CommandError } from '../common/command.mjs';
import { inCache, inRoot } from '../common/project.mjs';
import { kArm64Flags, kArm64Sources, linkArm64ProxyStub } from '../setup/arm64-proxy-stub.mjs';
import { runClang } from './clang.mjs';

const kFolder = inCache('arm64-microsoft-sdk');

/** @returns {Promise<boolean>} whether the DLL could be linked, as async_com_ps.dll in that folder */
export async function linkWithMicrosoftsHeaders() {
  rmSync(kFolder, { recursive: true, force: true });
  mkdirSync(kFolder, { recursive: true });
  const objects = [];
  for (const [place, source] of kArm64Sources.entries()) {
    const object = join(kFolder, `${place}.obj`);
    const { ok, messages } = await runClang({
      processor: 'arm64',
      language: source.endsWith('.c') ? 'c' : 'c++',
      args: [...kArm64Flags, '-c', inRoot(source), '-o', object],
    });
    process.stdout.write(messages);
    if (!ok) return false;
    objects.push(object);
  }
  try {
    await linkArm64ProxyStub(objects, kFolder);
    return true;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    process.stdout.write(`${error.message}\n${error.output}`);
    return false;
  }
}
