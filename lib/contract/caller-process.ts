// The client that the rules about calls are played with: makes COM's own steps when it is told to.
// Unlike the witness it runs the addon that the server runs, because what it does is looked at.
import type { NativeClientCall } from '../native.js';
import { native } from '../native.js';
import { type Outcome, valueOf } from '../outcome.js';
import { answer, parentChannel } from './ipc.js';

const [withCallObject = '', without = ''] = process.argv.slice(2);
const channel = parentChannel();
channel.on('disconnect', () => process.exit());

const connections = {
  withCallObject: valueOf(await native.connect(withCallObject)),
  without: valueOf(await native.connect(without)),
};
const calls = new Map<number, NativeClientCall>();
let lastCall = 0;

function callOf(id: number): NativeClientCall {
  const call = calls.get(id);
  if (call === undefined) throw new Error('there is no such call object');
  return call;
}

/** What a question carries: which server or call object, and the step's own arguments. */
export interface CallerQuestion {
  readonly server?: keyof typeof connections;
  readonly call?: number;
  readonly method?: string;
  readonly args?: readonly unknown[];
  readonly time?: number;
}

answer(channel, {
  createCall: async ({ server = 'withCallObject' }: CallerQuestion) => {
    calls.set(++lastCall, valueOf(await connections[server].createCall()));
    return lastCall;
  },
  begin: ({ call = 0, method = '', args = [] }: CallerQuestion) => callOf(call).begin(method, args),
  wait: ({ call = 0, time = 0 }: CallerQuestion) => callOf(call).wait(time),
  finish: ({ call = 0 }: CallerQuestion) => callOf(call).finish(),
  cancel: ({ call = 0, time = 0 }: CallerQuestion) => callOf(call).cancel(time),
  release: ({ call = 0 }: CallerQuestion) => {
    calls.get(call)?.release();
    calls.delete(call);
  },
  callSynchronously: ({
    server = 'withCallObject',
    method = '',
    args = [],
  }: CallerQuestion): Promise<Outcome> => connections[server].call(method, args, undefined, true),
  comObjects: () => native.comObjects(),
  fault: (name: string) => {
    native.setFault?.(name);
  },
});
channel.send('ready');
