// Other threads and other calls do not get the token.
import { threadToken } from '../../security/thread-token.js';
import type { Rule } from './rule.js';
import { sources } from './sources.js';
import { impersonated } from './signal.js';

const brief = { detail: 'brief' } as const;

export const isolationRules: readonly Rule[] = [
  {
    id: 'IMP-12',
    promise:
      'Only the calling thread gets the token. The JavaScript thread, the threads of other ' +
      'calls and, over the bridge, the RPC thread have none.',
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
        // The thread waits for Signal, so it cannot look at itself.
        await scene.lookAt('a waiting RPC thread', rpcThreadId, null, 'absent');
      }
    },
  },
  {
    id: 'IMP-13',
    promise: 'Of two concurrent calls, impersonating in one does not affect the other.',
    basis: 'documented',
    source: sources.revertToSelf,
    async observe(scene) {
      const other = await scene.call();
      const call = await impersonated(scene);
      await scene.look('the other call’s thread', other, 'absent');
      await scene.ask('IsImpersonating', other, false);
      // It has nothing to revert. Its result does not matter.
      await other.attempt('RevertToSelf');
      await scene.look('after RevertToSelf in the other call', call, 'present');
      await scene.step('ImpersonateClient', other, 'succeeds');
      await scene.step('RevertToSelf', call, 'succeeds');
      await scene.look('other call, after RevertToSelf here', other, 'present');
      await scene.look('after RevertToSelf here', call, 'absent');
    },
  },
];
