// The server's objects, as the two kinds of clients of a verification have them.
import { resultOf } from '../../client/call-result.js';
import { native } from '../../native/addon.js';
import type { NativeBlanketOptions } from '../../native/security.js';
import type { Value } from '../../value/value.js';
import type { ClientKind } from '../report/report.js';

/** One object of a server. */
export interface ClientObject {
  call(method: string, args: readonly Value[], blanket?: NativeBlanketOptions): Promise<Value>;
  setBlanket(blanket: NativeBlanketOptions): Promise<{ readonly code: string }>;
  close(): void;
}

/** How a kind of clients gets an object. The outcome is a failure if it gets none. */
export type Connect = (
  clsid: string,
  blanket?: NativeBlanketOptions,
) => Promise<{ readonly code: string; readonly object?: ClientObject }>;

/** `DISPATCH_METHOD`. */
const method = 1;

const connectByMethodCall: Connect = async (clsid, blanket) => {
  const { code, value } = await native.connect(clsid, undefined, blanket);
  if (value === undefined) return { code };
  return {
    code,
    object: {
      call: async (name, args, callBlanket) => resultOf(await value.call(name, args, callBlanket)),
      setBlanket: (wanted) => value.setBlanket(wanted),
      close: () => {
        value.close();
      },
    },
  };
};

const connectByAutomation: Connect = async (clsid, blanket) => {
  const { code, value } = await native.createObject(clsid, undefined, blanket);
  if (value === undefined) return { code };
  return {
    code,
    object: {
      call: async (name, args, callBlanket) =>
        resultOf(await value.invoke(name, method, args, callBlanket).outcome),
      setBlanket: (wanted) => value.setBlanket(wanted),
      close: () => {
        value.release();
      },
    },
  };
};

export const connectAs: Readonly<Record<ClientKind, Connect>> = {
  'method-call': connectByMethodCall,
  automation: connectByAutomation,
};
