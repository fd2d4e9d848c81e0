import { npmCi } from './npm.mjs';
import { inRoot } from '../common/project.mjs';
import { runStep } from '../common/step.mjs';

export const installNpmPackages = () =>
  runStep({
    name: 'npm packages',
    stamp: inRoot('node_modules', '.set-up'),
    files: [inRoot('package-lock.json')],
    advice:
      'See what npm says above. Is the npm registry reachable? Then run the same command again.',
    work: () => npmCi(['--include=dev']),
  });
