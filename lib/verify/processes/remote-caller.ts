import type { Caller } from '../scene/scene-processes.js';
import type { Remote } from '../../ipc/channel.js';
import type { CallerFunctions } from './functions.js';

/** The caller process, as a scene uses it. */
export function callerIn(remote: Remote<CallerFunctions>): Caller {
  return {
    async createCall(server = 'withCallObject') {
      const call = await remote.createCall(server);
      return {
        begin: (method, ...args) => remote.begin(call, method, args),
        wait: (milliseconds) => remote.wait(call, milliseconds),
        finish: () => remote.finish(call),
        cancel: (seconds = 0) => remote.cancel(call, seconds),
        testCancel: () => remote.testCancel(call),
        release: () => remote.release(call),
      };
    },
    callSynchronously: (server, method, ...args) => remote.callSynchronously(server, method, args),
    comObjects: () => remote.comObjects(),
  };
}
