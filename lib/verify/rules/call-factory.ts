// How the server's objects answer a program that creates call objects.
import type { CallFactoryProbe } from '../../native/probes.js';
import { hresultName } from '../../errors/hresult-names.js';
import type { Rule } from './rule.js';
import type { Given, Scene } from '../scene/scene.js';
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
  {
    id: 'CALL-17',
    promise:
      'CreateCall returns the interface of the call object that the caller asks for. From each ' +
      'interface every other can be queried, and IUnknown is always the same pointer.',
    basis: 'documented',
    source: sources.queryInterface,
    async observe(scene) {
      const probe = await probed(scene);
      probe('asked for ISynchronize', 'asSynchronize', 'S_OK');
      probe('asked for AsyncIMethodCall', 'asAsynchronous', 'S_OK');
      probe('asked for an interface it lacks', 'asOther', 'E_NOINTERFACE');
      probe('every interface from every other, server', 'serverInterfaces', 'S_OK');
      probe('every interface from every other, client', 'clientInterfaces', 'S_OK');
      // CALL-12 promises the same of an aggregated call object.
      probe('IUnknown is one pointer, server', 'serverIdentity', 'S_OK', { given: 'CALL-12' });
      probe('IUnknown is one pointer, client', 'clientIdentity', 'S_OK', { given: 'CALL-12' });
    },
  },
];

type Name = Exclude<keyof CallFactoryProbe, 'serverAggregates' | 'clientAggregates'>;

/** Probes once. Returns a function that judges one answer. */
async function probed(
  scene: Scene,
): Promise<(label: string, name: Name, expected: string, given?: Given) => void> {
  const outcome = await scene.probe();
  return (label, name, expected, given) => {
    const hresult = outcome.value?.[name] ?? outcome.hresult;
    scene.gives(label, { ...outcome, hresult, code: hresultName(hresult) }, [expected], given);
  };
}
