// What answers to who makes call objects, on the server's side.
import type { CallFactoryProbe } from '../../native/probes.js';
import { native } from '../../native/addon.js';
import type { Rule } from './rule.js';
import type { Scene } from '../scene/scene.js';
import { sources } from './sources.js';

export const callFactoryRules: readonly Rule[] = [
  {
    id: 'CALL-1',
    promise:
      'The server object answers QueryInterface for ICallFactory; one that does not support ' +
      'asynchronous calls answers E_NOINTERFACE.',
    basis: 'documented',
    source: sources.makingAnAsynchronousCall,
    async observe(scene) {
      const probe = await probed(scene);
      probe('the server object', 'serverObject', 'S_OK');
      probe('a class object', 'classObject', 'E_NOINTERFACE');
    },
  },
  {
    id: 'CALL-2',
    promise:
      'CreateCall for the asynchronous IID gives a call object; for any other IID E_NOINTERFACE; a ' +
      'null ppv is refused.',
    basis: 'documented',
    source: sources.createCall,
    async observe(scene) {
      const probe = await probed(scene);
      probe('IID_AsyncIMethodCall', 'asynchronous', 'S_OK');
      probe('IID_IMethodCall', 'synchronous', 'E_NOINTERFACE');
      probe('IID_ISynchronize', 'another', 'E_NOINTERFACE');
      probe('a null ppv', 'nowhere', 'E_POINTER');
    },
  },
  {
    id: 'CALL-12',
    promise: 'A call object can be aggregated: its IUnknown is the controlling one.',
    basis: 'documented',
    source: sources.createCall,
    async observe(scene) {
      const outcome = await scene.probe();
      const probe = await probed(scene);
      for (const [whose, name] of [
        ['the server’s IUnknown is that', 'serverAggregates'],
        ['the client’s IUnknown is that', 'clientAggregates'],
      ] as const) {
        const aggregates = String(outcome.value?.[name]);
        scene.check(whose, outcome.threadId, 'true', aggregates, outcome.time);
      }
      probe('aggregated, not by IUnknown', 'aggregatedInterface', 'CLASS_E_NOAGGREGATION');
    },
  },
];

type Name = Exclude<keyof CallFactoryProbe, 'serverAggregates' | 'clientAggregates'>;

/** Asks once, and gives what judges one answer. */
async function probed(
  scene: Scene,
): Promise<(label: string, name: Name, expected: string) => void> {
  const outcome = await scene.probe();
  return (label, name, expected) => {
    const hresult = outcome.value?.[name] ?? outcome.hresult;
    scene.gives(label, { ...outcome, hresult, code: native.hresultName(hresult) }, [expected]);
  };
}
