// Makes what the package has and git does not hold, beside the library: the addon and the
// proxy/stubs, as they are released, and the headers that building the addon from its sources needs.
import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

import { runCommand } from '../common/command.mjs';
import { inRoot } from '../common/project.mjs';
import { runStep, SetupError } from '../common/step.mjs';
import { buildProxyStubArm64 } from './arm64-proxy-stub.mjs';
import { buildProxyStub32, kRelease } from './native-build.mjs';

const kFolder = inRoot('prebuilds');

/** Otherwise strip writes the time into the header of each file. */
const kNoTime = { SOURCE_DATE_EPOCH: '0' };

/** The folder of the package's copy of node-addon-api. cmake/node_api.cmake looks there. */
const kHeaders = inRoot('vendor', 'node-addon-api');

/** Two builds of the same sources give the same bytes. Needs the released build. */
export async function makePrebuilds() {
  const proxyStub32 = await buildProxyStub32();
  const proxyStubArm64 = await buildProxyStubArm64();
  const arm64 = [proxyStubArm64, ...arm64Addon()];
  const x64 = ['async_com.node', 'async_com_ps.dll'].map((name) => join(kRelease, name));
  await runStep({
    name: 'Files of the package',
    stamp: join(kFolder, '.set-up'),
    files: [
      ...x64,
      ...arm64,
      proxyStub32,
      inRoot('node_modules', 'node-addon-api', 'package.json'),
    ],
    settings: kNoTime,
    advice: 'See the message above.',
    async work() {
      rmSync(kFolder, { recursive: true, force: true });
      await strip(x64, join(kFolder, 'win32-x64'));
      await strip([proxyStub32], join(kFolder, 'win32-ia32'));
      for (const file of arm64) cpSync(file, join(kFolder, 'win32-arm64', basename(file)));
      copyHeaders();
    },
  });
}

/** The addon for arm64, if there is one. The release workflow has built it, on Windows on Arm. */
function arm64Addon() {
  const folder = process.env.ASYNC_COM_ARM64;
  if (!folder) return [];
  const file = resolve(folder, 'async_com.node');
  if (existsSync(file)) return [file];
  throw new SetupError(
    'Files of the package',
    `there is no ${file}`,
    'ASYNC_COM_ARM64 must name a folder with the addon for arm64.',
  );
}

/**
 * Copies files without their symbols: those name the folder that they were built in.
 * @param {string[]} files
 * @param {string} folder
 */
async function strip(files, folder) {
  mkdirSync(folder, { recursive: true });
  for (const file of files) {
    const copy = join(folder, basename(file));
    copyFileSync(file, copy);
    await runCommand('x86_64-w64-mingw32-strip', ['--strip-all', '-R', '.gnu_debuglink', copy], {
      env: { ...process.env, ...kNoTime },
    });
  }
}

function copyHeaders() {
  const from = inRoot('node_modules', 'node-addon-api');
  rmSync(kHeaders, { recursive: true, force: true });
  for (const name of ['napi.h', 'napi-inl.h', 'napi-inl.deprecated.h', 'LICENSE.md']) {
    cpSync(join(from, name), join(kHeaders, name));
  }
}
