import { inRoot } from '../common/project.mjs';
import { runStep } from '../common/step.mjs';
import { kRegistryAdvice, npmCi } from './npm.mjs';

export const installNpmPackages = () =>
  runStep({
    name: 'npm packages',
    stamp: inRoot('node_modules', '.set-up'),
    files: [inRoot('package-lock.json')],
    advice: kRegistryAdvice,
    work: () => npmCi(['--include=dev']),
  });
