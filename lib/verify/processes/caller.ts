import type { Caller } from '../scene/stage.js';
import type { Remote } from './channel.js';
import type { CallerFunctions } from './functions.js';

/** The process that makes calls step by step, as a scene uses it. */
export function callerIn(remote: Remote<CallerFunctions>): Caller {
  return {
    async createCall(server = 'withCallObject') {
      const call = await remote.createCall(server);
      return {
        begin: (method, ...args) => remote.begin(call, method, args),
        wait: (milliseconds) => remote.wait(call, milliseconds),
        finish: () => remote.finish(call),
        cancel: () => remote.cancel(call),
        release: () => remote.release(call),
      };
    },
    callSynchronously: (server, method, ...args) => remote.callSynchronously(server, method, args),
    comObjects: () => remote.comObjects(),
  };
}
