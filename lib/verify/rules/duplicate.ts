// The way out that the rules leave a server: a token of its own.
import { ComError } from '../../errors/com-error.js';
import type { Token } from '../../security/call-thread.js';
import type { Rule } from './rule.js';
import type { Scene } from '../scene/scene.js';
import { sources } from './sources.js';
import { impersonated } from './signal.js';

export const duplicateRules: readonly Rule[] = [
  {
    id: 'IMP-17',
    promise:
      'A token duplicated before Signal serves after it, and after Begin_ has returned: the way ' +
      'out that the rules leave a server.',
    basis: 'product',
    source: sources.duplicateToken,
    async observe(scene) {
      const call = await impersonated(scene);
      const token = await scene.duplicateToken(call);
      await scene.step('RevertToSelf', call, 'succeeds');
      await scene.signal(call);
      await serves(scene, token, 'after Signal');
      await scene.lookAfter(await scene.beginReturns(call), 'absent', { given: 'IMP-5' });
      await serves(scene, token, 'after Begin_ has returned');
    },
  },
];

async function serves(scene: Scene, token: Token, when: string): Promise<void> {
  try {
    const thread = await scene.openThread(token);
    await scene.look(`on a thread, ${when}`, thread, 'present');
  } catch (error) {
    if (!(error instanceof ComError)) throw error;
    scene.check(`put on a thread, ${when}`, 0, 'S_OK', error.code, 0);
  }
}
