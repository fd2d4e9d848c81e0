// The client for the rules about calls. It makes each call step by step, as COM offers it. Unlike
// the client process, it runs the same addon as the server, because the rules judge what this
// client does.
import { valueOf } from '../../errors/outcome.js';
import { native } from '../../native/addon.js';
import type { NativeClientCall } from '../../native/client.js';
import { connectToParent, endWithParent, type Parent } from '../../ipc/channel.js';
import type { CallerFunctions } from './functions.js';

const [withCallObject = '', without = '', busy = ''] = process.argv.slice(2);
endWithParent();

const connections = {
  withCallObject: valueOf(await native.connect(withCallObject)),
  without: valueOf(await native.connect(without)),
  busy: valueOf(await native.connect(busy)),
};
const calls = new Map<number, NativeClientCall>();
let lastCall = 0;

function callOf(id: number): NativeClientCall {
  const call = calls.get(id);
  if (call === undefined) throw new Error(`there is no call object ${String(id)}`);
  return call;
}

const functions: CallerFunctions = {
  async createCall(server) {
    calls.set(++lastCall, valueOf(await connections[server].createCall()));
    return lastCall;
  },
  begin: (call, method, args) => callOf(call).begin(method, args),
  wait: (call, milliseconds) => callOf(call).wait(milliseconds),
  finish: (call) => callOf(call).finish(),
  cancel: (call, seconds) => callOf(call).cancel(seconds),
  testCancel: (call) => callOf(call).testCancel(),
  release(call) {
    calls.get(call)?.release();
    calls.delete(call);
  },
  callSynchronously: (server, method, args) =>
    connections[server].call(method, args, undefined, true),
  comObjects: () => native.comObjects(),
  fault(name) {
    native.setFault?.(name);
  },
};
await connectToParent<Parent>(functions).ready.asEvent(undefined);
