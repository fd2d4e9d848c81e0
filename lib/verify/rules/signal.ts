// What Signal does to impersonation. These are the central rules of async-com.
import { tokenIn } from '../scene/token-assertion.js';
import type { Rule } from './rule.js';
import type { Scene } from '../scene/scene.js';
import type { ServerCall } from '../../server/server-call.js';
import { sources } from './sources.js';

export const signalRules: readonly Rule[] = [
  {
    id: 'IMP-1',
    promise: 'Before Signal, ImpersonateClient puts an impersonation token on the calling thread.',
    basis: 'documented',
    source: sources.impersonationAndAsynchronousCalls,
    async observe(scene) {
      const call = await scene.call();
      await scene.step('ImpersonateClient', call, 'succeeds');
      await scene.look('after ImpersonateClient', call, 'present');
    },
  },
  {
    id: 'IMP-2',
    promise:
      'After ISynchronize::Signal has completed, ImpersonateClient fails, even while Begin_ ' +
      'still runs. The thread still has no token. Which code it returns is recorded.',
    basis: 'documented',
    source: sources.impersonationAndAsynchronousCalls,
    async observe(scene) {
      const call = await scene.call();
      await scene.signal(call);
      const { code } = await scene.step('ImpersonateClient', call, 'fails');
      scene.record('ImpersonateClient after Signal', code);
      await scene.look('after ImpersonateClient failed', call, 'absent');
    },
  },
  {
    id: 'IMP-3',
    promise:
      'A token that was put on the thread before Signal is still on it after Signal has completed.',
    basis: 'documented',
    source: sources.impersonationAndAsynchronousCalls,
    async observe(scene) {
      const call = await impersonated(scene);
      const before = await scene.look('before Signal', call, 'present', { given: 'IMP-1' });
      await scene.signal(call);
      const after = await scene.look('after Signal', call, 'present');
      scene.check(
        'it is the same token',
        await scene.threadIdOf(call),
        tokenIn(before),
        tokenIn(after),
        after.otherThread.time,
      );
    },
  },
  {
    id: 'IMP-4',
    promise:
      'RevertToSelf after Signal removes the client’s token from the thread, even while Begin_ ' +
      'still runs.',
    basis: 'documented',
    source: sources.impersonationAndAsynchronousCalls,
    async observe(scene) {
      const call = await impersonated(scene);
      await scene.signal(call);
      await scene.look('after Signal', call, 'present', { given: 'IMP-3' });
      await scene.step('RevertToSelf', call, 'succeeds');
      await scene.look('after RevertToSelf', call, 'absent');
    },
  },
  {
    id: 'IMP-5',
    promise:
      'Without RevertToSelf, the token is removed when Begin_ returns. The next call on the ' +
      'thread starts without a token.',
    basis: 'documented',
    source: sources.impersonationAndAsynchronousCalls,
    async observe(scene) {
      const call = await impersonated(scene);
      await scene.signal(call);
      await scene.look('after Signal', call, 'present', { given: 'IMP-3' });
      const report = await scene.beginReturns(call);
      await scene.lookAfter(report);
      const next = await scene.nextCallOn(report.threadId);
      await scene.look('as the next call arrives', next, 'absent');
    },
  },
  {
    id: 'IMP-6',
    promise:
      'If RevertToSelf comes before Begin_’s return, it removes the token at once. Begin_’s ' +
      'return then finds no token.',
    basis: 'documented',
    source: sources.impersonationAndAsynchronousCalls,
    async observe(scene) {
      const call = await impersonated(scene);
      await scene.step('RevertToSelf', call, 'succeeds');
      await scene.look('after RevertToSelf', call, 'absent');
      await scene.signal(call);
      const report = await scene.beginReturns(call);
      scene.found('what Begin_’s return found', report, 'absent');
      await scene.lookAfter(report, { given: 'IMP-5' });
    },
  },
  {
    id: 'IMP-7',
    promise: 'IMP-2 to IMP-5 also hold if Signal is called on a thread other than Begin_’s.',
    basis: 'product',
    source: sources.signal,
    async observe(scene) {
      const elsewhere = { thread: 'completion' } as const;

      const refused = await scene.call();
      await scene.signal(refused, elsewhere);
      await scene.step('ImpersonateClient', refused, 'fails');
      await scene.look('after ImpersonateClient failed', refused, 'absent');

      const reverted = await impersonated(scene);
      const before = await scene.look('before Signal', reverted, 'present', { given: 'IMP-1' });
      await scene.signal(reverted, elsewhere);
      const after = await scene.look('after Signal', reverted, 'present');
      scene.check(
        'it is the same token',
        await scene.threadIdOf(reverted),
        tokenIn(before),
        tokenIn(after),
        after.otherThread.time,
      );
      await scene.step('RevertToSelf', reverted, 'succeeds');
      await scene.look('after RevertToSelf', reverted, 'absent');

      const returned = await impersonated(scene);
      await scene.signal(returned, elsewhere);
      await scene.look('after Signal', returned, 'present');
      const report = await scene.beginReturns(returned);
      await scene.lookAfter(report);
      const next = await scene.nextCallOn(report.threadId);
      await scene.look('as the next call arrives', next, 'absent');
    },
  },
];

/** Returns a call with the client's token on Begin_'s thread. */
export async function impersonated(scene: Scene): Promise<ServerCall> {
  const call = await scene.call();
  await scene.step('ImpersonateClient', call, 'succeeds', { given: 'IMP-1' });
  await scene.look('after ImpersonateClient', call, 'present', { given: 'IMP-1' });
  return call;
}
