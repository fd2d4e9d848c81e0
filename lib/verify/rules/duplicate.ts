// How a server can act as its client after Signal: with a token of its own.
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
      'A token that was duplicated before Signal still works after Signal, and after Begin_ has ' +
      'returned. With it a server can act as its client for longer.',
    basis: 'product',
    source: sources.duplicateToken,
    async observe(scene) {
      const call = await impersonated(scene);
      const token = await scene.duplicateToken(call);
      await scene.step('RevertToSelf', call, 'succeeds');
      await scene.signal(call);
      await serves(scene, token, 'after Signal');
      await scene.lookAfter(await scene.beginReturns(call), { given: 'IMP-5' });
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
    scene.check(`putting it on a thread, ${when}`, 0, 'S_OK', error.code, 0);
  }
}
