// What happens when Begin_ returns.
import type { Rule } from './rule.js';
import { NotObservable } from '../scene/scene.js';
import { sources } from './sources.js';
import { impersonated } from './signal.js';
import { hresults } from '../../errors/hresults.js';

export const beginReturnRules: readonly Rule[] = [
  {
    id: 'IMP-8',
    promise:
      'Begin_ may return before Signal, and its token is removed then. Another thread that ' +
      'holds the IServerSecurity pointer can still impersonate until Signal, but not after it.',
    basis: 'product',
    source: sources.serverSideSecurity,
    async observe(scene) {
      const call = await impersonated(scene);
      const helper = await scene.openThread(call);
      const returned = call.beginReturned();
      call.returnFromBegin();
      await scene.lookAfter(await returned);
      await scene.step('ImpersonateClient', helper, 'succeeds');
      await scene.look('helper, after ImpersonateClient', helper, 'present');
      await scene.step('RevertToSelf', helper, 'succeeds');
      await scene.signal(call, { thread: 'completion' });
      await scene.step('ImpersonateClient', helper, 'fails');
      await scene.look('helper, after Signal', helper, 'absent');
    },
  },
  {
    id: 'IMP-16',
    promise:
      'After Begin_ has returned and the call is complete, CoGetCallContext on that thread ' +
      'returns RPC_E_CALL_COMPLETE.',
    basis: 'product',
    source: sources.getCallContext,
    async observe(scene) {
      const call = await scene.call();
      await scene.step('CoGetCallContext', call, 'succeeds', { given: 'IMP-14' });
      await scene.signal(call);
      const report = await scene.beginReturns(call);
      const look = await scene.lookAfter(report, { given: 'IMP-5' });
      if (report.callContext === null) {
        throw new NotObservable(
          'the thread belongs to COM again, so async-com cannot call CoGetCallContext on it',
        );
      }
      scene.check(
        'CoGetCallContext after that',
        report.threadId,
        hex(hresults.RPC_E_CALL_COMPLETE),
        hex(report.callContext),
        look.thread?.time ?? 0,
      );
    },
  },
];

function hex(hresult: number): string {
  return `0x${hresult.toString(16).toUpperCase()}`;
}
