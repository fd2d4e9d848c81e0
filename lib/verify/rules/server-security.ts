// The methods of IServerSecurity, and the functions that act on the same context.
import { tokenIn } from '../scene/token-assertion.js';
import type { Rule } from './rule.js';
import type { Scene } from '../scene/scene.js';
import type { CallThread } from '../../security/call-thread.js';
import type { ServerCall } from '../../server/server-call.js';
import { sources } from './sources.js';
import { impersonated } from './signal.js';

export const serverSecurityRules: readonly Rule[] = [
  {
    id: 'IMP-9',
    promise:
      'On the thread that impersonates, IsImpersonating is TRUE from ImpersonateClient to ' +
      'RevertToSelf, and FALSE after it, even if an earlier token was restored (IMP-11). What ' +
      'another thread of the call gets is recorded.',
    basis: 'documented',
    source: sources.revertToSelf,
    async observe(scene) {
      const plain = await scene.call();
      await scene.ask('IsImpersonating', plain, false);
      await scene.step('ImpersonateClient', plain, 'succeeds', { given: 'IMP-1' });
      await scene.look('after ImpersonateClient', plain, 'present', { given: 'IMP-1' });
      await scene.ask('IsImpersonating', plain, true);
      const other = await (await scene.openThread(plain)).attempt('IsImpersonating');
      scene.record('IsImpersonating on another thread meanwhile', String(other.value));
      await scene.step('RevertToSelf', plain, 'succeeds');
      await scene.ask('IsImpersonating', plain, false);

      const { call } = await withEarlierToken(scene);
      await scene.ask('IsImpersonating', call, false);
      await scene.step('ImpersonateClient', call, 'succeeds');
      await scene.ask('IsImpersonating', call, true);
      await scene.step('RevertToSelf', call, 'succeeds');
      await scene.look('the earlier token is restored', call, 'present', { given: 'IMP-11' });
      await scene.ask('IsImpersonating', call, false);
      await call.setThreadToken(null);
    },
  },
  {
    id: 'IMP-10',
    promise: 'One RevertToSelf undoes any number of ImpersonateClient calls.',
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
        'the token',
        await scene.threadIdOf(call),
        'not the earlier one',
        tokenIn(client) === earlier ? 'the earlier one' : 'not the earlier one',
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
        'both blankets are equal',
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
      await scene.ask('IsImpersonating', helper, true);
      await scene.look('Begin_’s thread meanwhile', call, 'absent');
      await scene.step('RevertToSelf', helper, 'succeeds');
      const look = await scene.look('helper, after RevertToSelf', helper, 'absent');
      await scene.ask('IsImpersonating', helper, false, { given: 'IMP-9' });
      scene.check(
        'helper: the blanket is the one that Begin_’s thread gets',
        await scene.threadIdOf(helper),
        await blanketOf(call, 'QueryBlanket'),
        await blanketOf(helper, 'QueryBlanket'),
        look.otherThread.time,
      );
      await scene.signal(call);
      await scene.step('ImpersonateClient', helper, 'fails', { given: 'IMP-2' });
    },
  },
  {
    id: 'IMP-18',
    promise:
      'If two threads use the IServerSecurity pointer of one call, RevertToSelf on one of them ' +
      'does not affect the other.',
    basis: 'documented',
    source: sources.revertToSelf,
    async observe(scene) {
      const call = await impersonated(scene);
      const helper = await scene.openThread(call);
      await scene.step('ImpersonateClient', helper, 'succeeds', { given: 'IMP-15' });
      await scene.step('RevertToSelf', helper, 'succeeds', { given: 'IMP-15' });
      await scene.look('Begin_’s thread, helper reverted', call, 'present');
      await scene.ask('IsImpersonating', call, true);
      await scene.step('ImpersonateClient', helper, 'succeeds', { given: 'IMP-15' });
      await scene.step('RevertToSelf', call, 'succeeds');
      await scene.look('helper, Begin_’s thread reverted', helper, 'present');
      await scene.look('Begin_’s thread after that', call, 'absent');
      await scene.step('RevertToSelf', helper, 'succeeds');
    },
  },
];

/** Returns a call whose thread already has a token of the server's own, and which token that is. */
async function withEarlierToken(scene: Scene): Promise<{ call: ServerCall; earlier: string }> {
  const call = await impersonated(scene);
  const token = await scene.duplicateToken(call);
  await scene.step('RevertToSelf', call, 'succeeds');
  await call.setThreadToken(token);
  const look = await scene.look('with an earlier token', call, 'present', { given: 'IMP-1' });
  return { call, earlier: tokenIn(look) };
}

/** Returns the result of a blanket function, in one line. */
async function blanketOf(
  call: CallThread,
  name: 'QueryBlanket' | 'CoQueryClientBlanket',
): Promise<string> {
  const { code, value } = await call.attempt(name);
  return value === undefined ? code : JSON.stringify(value);
}
