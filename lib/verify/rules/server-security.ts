// IServerSecurity's own methods, and the functions that act on the same context.
import { tokenIn } from '../scene/observation.js';
import type { Rule } from './rule.js';
import type { Scene } from '../scene/scene.js';
import type { ServerCall } from '../../server/server-call.js';
import { sources } from './sources.js';
import { impersonated } from './signal.js';

export const serverSecurityRules: readonly Rule[] = [
  {
    id: 'IMP-9',
    promise:
      'IsImpersonating is TRUE from ImpersonateClient to RevertToSelf, and FALSE after, also ' +
      'where an earlier token was restored (IMP-11).',
    basis: 'documented',
    source: sources.revertToSelf,
    async observe(scene) {
      const plain = await scene.call();
      await scene.ask('IsImpersonating', plain, false);
      await scene.step('ImpersonateClient', plain, 'succeeds', { given: 'IMP-1' });
      await scene.look('after ImpersonateClient', plain, 'present', { given: 'IMP-1' });
      await scene.ask('IsImpersonating', plain, true);
      await scene.step('RevertToSelf', plain, 'succeeds');
      await scene.ask('IsImpersonating', plain, false);

      const { call } = await withEarlierToken(scene);
      await scene.ask('IsImpersonating', call, false);
      await scene.step('ImpersonateClient', call, 'succeeds');
      await scene.ask('IsImpersonating', call, true);
      await scene.step('RevertToSelf', call, 'succeeds');
      await scene.look('the earlier token restored', call, 'present', { given: 'IMP-11' });
      await scene.ask('IsImpersonating', call, false);
      await call.setThreadToken(null);
    },
  },
  {
    id: 'IMP-10',
    promise: 'One RevertToSelf undoes any number of ImpersonateClient.',
    basis: 'documented',
    source: sources.revertToSelf,
    async observe(scene) {
      const call = await impersonated(scene);
      await scene.step('ImpersonateClient', call, 'succeeds');
      await scene.step('ImpersonateClient', call, 'succeeds');
      await scene.look('after ImpersonateClient three times', call, 'present');
      await scene.step('RevertToSelf', call, 'succeeds');
      await scene.look('after RevertToSelf once', call, 'absent');
    },
  },
  {
    id: 'IMP-11',
    promise:
      'RevertToSelf restores the token that was on the thread before the first ImpersonateClient.',
    basis: 'documented',
    source: sources.revertToSelf,
    async observe(scene) {
      const { call, earlier } = await withEarlierToken(scene);
      await scene.step('ImpersonateClient', call, 'succeeds');
      await scene.step('ImpersonateClient', call, 'succeeds');
      const client = await scene.look('after ImpersonateClient', call, 'present');
      scene.check(
        'not the earlier token',
        await scene.threadIdOf(call),
        'another',
        tokenIn(client) === earlier ? 'the same' : 'another',
        client.otherThread.time,
      );
      await scene.step('RevertToSelf', call, 'succeeds');
      const restored = await scene.look('after RevertToSelf', call, 'present');
      scene.check(
        'it is the earlier token',
        await scene.threadIdOf(call),
        earlier,
        tokenIn(restored),
        restored.otherThread.time,
      );
      await call.setThreadToken(null);
    },
  },
  {
    id: 'IMP-14',
    promise:
      'Inside Begin_, CoGetCallContext, CoImpersonateClient, CoRevertToSelf and ' +
      'CoQueryClientBlanket act on the same context as the IServerSecurity pointer.',
    basis: 'documented',
    source: sources.serverSideSecurity,
    async observe(scene) {
      const call = await impersonated(scene);
      await scene.ask('CoGetCallContext', call, true);
      await scene.step('CoRevertToSelf', call, 'succeeds');
      await scene.look('after CoRevertToSelf', call, 'absent');
      await scene.step('CoImpersonateClient', call, 'succeeds');
      await scene.look('after CoImpersonateClient', call, 'present');
      await scene.step('RevertToSelf', call, 'succeeds');
      const look = await scene.look('after RevertToSelf', call, 'absent');
      scene.check(
        'both blankets say the same',
        await scene.threadIdOf(call),
        await blanketOf(call, 'QueryBlanket'),
        await blanketOf(call, 'CoQueryClientBlanket'),
        look.otherThread.time,
      );
    },
  },
  {
    id: 'IMP-15',
    promise:
      'The IServerSecurity pointer works on any thread of the apartment until the call completes.',
    basis: 'documented',
    source: sources.serverSideSecurity,
    async observe(scene) {
      const call = await impersonated(scene);
      await scene.step('RevertToSelf', call, 'succeeds');
      const helper = await scene.openThread(call);
      await scene.step('ImpersonateClient', helper, 'succeeds');
      await scene.look('helper, after ImpersonateClient', helper, 'present');
      await scene.look('Begin_’s thread meanwhile', call, 'absent');
      await scene.step('RevertToSelf', helper, 'succeeds');
      await scene.look('helper, after RevertToSelf', helper, 'absent');
    },
  },
];

/** A call whose thread has a token that is not its client's, and which token that is. */
async function withEarlierToken(scene: Scene): Promise<{ call: ServerCall; earlier: string }> {
  const call = await impersonated(scene);
  const token = await scene.duplicateToken(call);
  await scene.step('RevertToSelf', call, 'succeeds');
  await call.setThreadToken(token);
  const look = await scene.look('with an earlier token', call, 'present', { given: 'IMP-1' });
  return { call, earlier: tokenIn(look) };
}

/** What a blanket function answers, in one line. */
async function blanketOf(
  call: ServerCall,
  name: 'QueryBlanket' | 'CoQueryClientBlanket',
): Promise<string> {
  const { code, value } = await call.attempt(name);
  return value === undefined ? code : JSON.stringify(value);
}
