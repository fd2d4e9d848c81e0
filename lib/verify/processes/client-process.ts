// The client of a verification. It calls when the server process asks it to, and it is the witness
// in another process.
import { ComError } from '../../errors/com-error.js';
import { valueOf } from '../../errors/outcome.js';
import { native } from '../../native/addon.js';
import type { NativeBlanketOptions } from '../../native/security.js';
import { nativeBlanketOptions } from '../../security/blanket-options.js';
import { processToken, threadToken } from '../../security/thread-token.js';
import { type Attempt, distinctivePrivilege } from '../scene/judgement.js';
import type { Wish } from '../scene/scene-processes.js';
import type { ClientKind } from '../report/report.js';
import { connectAs } from './client-objects.js';
import { connectToParent, endWithParent, type Parent } from '../../ipc/channel.js';
import type { ClientFunctions } from './functions.js';

const [clsid = '', kind = 'method-call'] = process.argv.slice(2);
endWithParent();

const connect = connectAs[kind as ClientKind];
// It also says whether COM has call objects for the proxy.
const connection = valueOf(await native.connect(clsid));
const { object, code: connected } = await connect(clsid);
if (object === undefined) throw new Error(`cannot connect to the server: ${connected}`);

const prepared = new Map<number, (ticket: number) => Promise<unknown>>();
let lastPrepared = 0;

const functions: ClientFunctions = {
  hasCallFactory: () => connection.hasCallFactory,
  call(ticket, id) {
    const call = id === undefined ? undefined : prepared.get(id);
    return call === undefined ? object.call('scene', [ticket]) : call(ticket);
  },
  look: (threadId) => threadToken(threadId, { detail: 'brief' }),
  async who() {
    const { user } = await processToken();
    return { sid: user.sid, account: `${user.domain ?? ''}\\${user.name ?? ''}` };
  },
  async prepare(wish) {
    const id = ++lastPrepared;
    const blanket = await optionsOf(wish);
    const { object: other, code: reached } = await connect(clsid);
    if (other === undefined) return { code: reached, id };
    const { code } = wish.forOneCall === true ? { code: 'S_OK' } : await other.setBlanket(blanket);
    prepared.set(id, async (ticket) => {
      try {
        return await other.call('scene', [ticket], wish.forOneCall === true ? blanket : undefined);
      } finally {
        prepared.delete(id);
        other.close();
      }
    });
    return { code, id };
  },
  async blanketOnCallObject(impersonationLevel) {
    const blanket = nativeBlanketOptions({ impersonationLevel }, 'blanket');
    const { code, value } = await native.probeCallObjectBlanket(connection, blanket);
    return { code, ...(value === undefined ? {} : { blankets: value }) };
  },
  async attempt(other, wish) {
    const blanket = wish === null ? undefined : await optionsOf(wish);
    const { code, object: reached } = await connect(other, blanket);
    if (reached === undefined) return { code };
    try {
      const seen = await reached.call('attempt', []);
      return { code, attempt: JSON.parse(seen as string) as Attempt };
    } catch (error) {
      if (!(error instanceof ComError)) throw error;
      return { code: error.code };
    } finally {
      reached.close();
    }
  },
};
await connectToParent<Parent>(functions).ready.asEvent(undefined);

/**
 * Returns the addon's options for a wish. The token is that of this process without one privilege.
 */
async function optionsOf({
  token,
  forOneCall: _,
  ...blanket
}: Wish): Promise<NativeBlanketOptions> {
  const wanted = nativeBlanketOptions(blanket, 'blanket');
  if (token !== true) return wanted;
  return { ...wanted, as: valueOf(await native.duplicateProcessToken(distinctivePrivilege)) };
}
