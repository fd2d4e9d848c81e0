// Where a token is not: on other threads, in other calls.
import { threadToken } from '../../security/thread-token.js';
import type { Rule } from './rule.js';
import { sources } from './sources.js';
import { impersonated } from './signal.js';

const brief = { detail: 'brief' } as const;

export const isolationRules: readonly Rule[] = [
  {
    id: 'IMP-12',
    promise:
      'Only the calling thread gets the token: the JavaScript thread and every other call’s ' +
      'thread have none (on the bridge the RPC thread neither).',
    basis: 'documented',
    source: sources.impersonation,
    async observe(scene) {
      const other = await scene.call();
      const call = await impersonated(scene);
      await scene.look('another call’s thread', other, 'absent');
      const script = await threadToken(undefined, brief);
      await scene.lookAt(
        'the JavaScript thread',
        script.threadId,
        () => threadToken(undefined, brief),
        'absent',
        {},
        () => other.tokenOfThread(script.threadId),
      );
      for (const { rpcThreadId } of [call, other]) {
        if (rpcThreadId === null) continue;
        // Nobody of ours can act on it: it waits for Signal.
        await scene.lookAt('an RPC thread, which waits', rpcThreadId, null, 'absent');
      }
    },
  },
  {
    id: 'IMP-13',
    promise: 'Two concurrent calls: impersonating in one shows nothing in the other.',
    basis: 'documented',
    source: sources.revertToSelf,
    async observe(scene) {
      const other = await scene.call();
      const call = await impersonated(scene);
      await scene.look('the other call’s thread', other, 'absent');
      await scene.ask('IsImpersonating', other, false);
      // It has nothing to revert: what it answers is not the point.
      await other.attempt('RevertToSelf');
      await scene.look('after the other’s RevertToSelf', call, 'present');
      await scene.step('ImpersonateClient', other, 'succeeds');
      await scene.step('RevertToSelf', call, 'succeeds');
      await scene.look('the other, after this one’s revert', other, 'present');
      await scene.look('after this one’s RevertToSelf', call, 'absent');
    },
  },
];
