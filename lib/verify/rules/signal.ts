// What Signal does to impersonation: the rule that the product turns on.
import { tokenIn } from '../scene/observation.js';
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
      'Once ISynchronize::Signal has completed, ImpersonateClient fails, although Begin_ has not ' +
      'returned; the thread stays without a token.',
    basis: 'documented',
    source: sources.impersonationAndAsynchronousCalls,
    async observe(scene) {
      const call = await scene.call();
      await scene.signal(call);
      await scene.step('ImpersonateClient', call, 'fails');
      await scene.look('after ImpersonateClient failed', call, 'absent');
    },
  },
  {
    id: 'IMP-3',
    promise: 'A token put on the thread before Signal is still there after Signal has completed.',
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
    promise: 'RevertToSelf after Signal removes it, although Begin_ has not returned.',
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
      'Without RevertToSelf, the token is removed when Begin_ returns; the thread’s next call ' +
      'starts clean.',
    basis: 'documented',
    source: sources.impersonationAndAsynchronousCalls,
    async observe(scene) {
      const call = await impersonated(scene);
      await scene.signal(call);
      await scene.look('after Signal', call, 'present', { given: 'IMP-3' });
      const report = await scene.beginReturns(call);
      await scene.lookAfter(report, 'absent');
      const next = await scene.nextCallOn(report.threadId);
      await scene.look('as the next call arrives', next, 'absent');
    },
  },
  {
    id: 'IMP-6',
    promise:
      'Whichever comes first: after RevertToSelf the token is gone at once, and Begin_’s return ' +
      'finds none.',
    basis: 'documented',
    source: sources.impersonationAndAsynchronousCalls,
    async observe(scene) {
      const call = await impersonated(scene);
      await scene.step('RevertToSelf', call, 'succeeds');
      await scene.look('after RevertToSelf', call, 'absent');
      await scene.signal(call);
      const report = await scene.beginReturns(call);
      scene.found('what Begin_’s return found', report, 'absent');
      await scene.lookAfter(report, 'absent', { given: 'IMP-5' });
    },
  },
  {
    id: 'IMP-7',
    promise: 'IMP-2 to IMP-5 hold as well when Signal is called from a thread other than Begin_’s.',
    basis: 'product',
    source: sources.signal,
    async observe(scene) {
      const elsewhere = { thread: 'completion' } as const;

      const refused = await scene.call();
      await scene.signal(refused, elsewhere);
      await scene.step('ImpersonateClient', refused, 'fails');
      await scene.look('after ImpersonateClient failed', refused, 'absent');

      const reverted = await impersonated(scene);
      await scene.signal(reverted, elsewhere);
      await scene.look('after Signal', reverted, 'present');
      await scene.step('RevertToSelf', reverted, 'succeeds');
      await scene.look('after RevertToSelf', reverted, 'absent');

      const returned = await impersonated(scene);
      await scene.signal(returned, elsewhere);
      await scene.look('after Signal', returned, 'present');
      await scene.lookAfter(await scene.beginReturns(returned), 'absent');
    },
  },
];

/** A call whose Begin_ thread has the client's token. */
export async function impersonated(scene: Scene): Promise<ServerCall> {
  const call = await scene.call();
  await scene.step('ImpersonateClient', call, 'succeeds', { given: 'IMP-1' });
  await scene.look('after ImpersonateClient', call, 'present', { given: 'IMP-1' });
  return call;
}
