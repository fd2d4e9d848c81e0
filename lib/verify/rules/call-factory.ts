// How the server's objects answer a program that creates call objects.
import type { CallFactoryProbe } from '../../native/probes.js';
import { native } from '../../native/addon.js';
import type { Rule } from './rule.js';
import type { Scene } from '../scene/scene.js';
import { sources } from './sources.js';

export const callFactoryRules: readonly Rule[] = [
  {
    id: 'CALL-1',
    promise:
      'The server object supports QueryInterface for ICallFactory. An object that does not ' +
      'support asynchronous calls returns E_NOINTERFACE.',
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
      'CreateCall returns a call object for the asynchronous IID, and E_NOINTERFACE for any ' +
      'other IID. It fails if ppv is null.',
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
    promise:
      'A call object can be aggregated. Its IUnknown is then the controlling unknown, and its own ' +
      'non-delegating object answers for the IID that CreateCall was asked for.',
    basis: 'documented',
    source: sources.createCall,
    async observe(scene) {
      const outcome = await scene.probe();
      const probe = await probed(scene);
      for (const [label, name] of [
        ['server, controlling unknown', 'serverAggregates'],
        ['client, controlling unknown', 'clientAggregates'],
      ] as const) {
        const aggregates = String(outcome.value?.[name]);
        scene.check(label, outcome.threadId, 'true', aggregates, outcome.time);
      }
      probe('aggregated, asynchronous IID', 'aggregatedInterface', 'S_OK');
      probe('aggregated, IID that it lacks', 'aggregatedOther', 'E_NOINTERFACE');
    },
  },
];

type Name = Exclude<keyof CallFactoryProbe, 'serverAggregates' | 'clientAggregates'>;

/** Probes once. Returns a function that judges one answer. */
async function probed(
  scene: Scene,
): Promise<(label: string, name: Name, expected: string) => void> {
  const outcome = await scene.probe();
  return (label, name, expected) => {
    const hresult = outcome.value?.[name] ?? outcome.hresult;
    scene.gives(label, { ...outcome, hresult, code: native.hresultName(hresult) }, [expected]);
  };
}
