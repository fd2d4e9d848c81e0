// The client of a verification. It calls when the server process asks it to, and it is the witness
// in another process.
import { Connection } from '../../client/connection.js';
import { valueOf } from '../../errors/outcome.js';
import { native } from '../../native/addon.js';
import type { NativeBlanketOptions } from '../../native/security.js';
import { nativeBlanketOptions } from '../../security/blanket-options.js';
import { processToken, threadToken } from '../../security/thread-token.js';
import { type Attempt, distinctivePrivilege } from '../scene/judgement.js';
import type { Wish } from '../scene/scene-processes.js';
import { connectToParent, endWithParent, type Parent } from '../../ipc/channel.js';
import type { ClientFunctions } from './functions.js';

const [clsid = ''] = process.argv.slice(2);
endWithParent();

const object = valueOf(await native.connect(clsid));
const connection = new Connection(object);

const prepared = new Map<number, (ticket: number) => Promise<unknown>>();
let lastPrepared = 0;

const functions: ClientFunctions = {
  hasCallFactory: () => object.hasCallFactory,
  call(ticket, id) {
    const call = id === undefined ? undefined : prepared.get(id);
    return call === undefined ? connection.call('scene', ticket) : call(ticket);
  },
  look: (threadId) => threadToken(threadId, { detail: 'brief' }),
  async who() {
    const { user } = await processToken();
    return { sid: user.sid, account: `${user.domain ?? ''}\\${user.name ?? ''}` };
  },
  async prepare(wish) {
    const id = ++lastPrepared;
    const blanket = await optionsOf(wish);
    const other = valueOf(await native.connect(clsid));
    const { code } = wish.forOneCall === true ? { code: 'S_OK' } : await other.setBlanket(blanket);
    prepared.set(id, async (ticket) => {
      try {
        valueOf(
          await other.call('scene', [ticket], wish.forOneCall === true ? blanket : undefined),
        );
      } finally {
        prepared.delete(id);
        other.close();
      }
    });
    return { code, id };
  },
  async blanketOnCallObject(impersonationLevel) {
    const blanket = nativeBlanketOptions({ impersonationLevel }, 'blanket');
    const { code, value } = await native.probeCallObjectBlanket(object, blanket);
    return { code, ...(value === undefined ? {} : { blankets: value }) };
  },
  async attempt(other, wish) {
    const blanket = wish === null ? undefined : await optionsOf(wish);
    const connected = await native.connect(other, undefined, blanket);
    if (connected.value === undefined) return { code: connected.code };
    const { code, value } = await connected.value.call('attempt', []);
    connected.value.close();
    if (value === undefined) return { code };
    return { code, attempt: JSON.parse(value.value as string) as Attempt };
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
