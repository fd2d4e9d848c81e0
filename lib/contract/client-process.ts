// The client of a verification: calls when it is told to, and is the witness in another process.
import { nativeBlanketOptions } from '../blanket.js';
import { Connection } from '../connection.js';
import { native, type NativeBlanketOptions } from '../native.js';
import { valueOf } from '../outcome.js';
import { processToken, threadToken } from '../token-functions.js';
import { answer, parentChannel } from './ipc.js';
import { type Attempt, distinctivePrivilege } from './judgement.js';
import type { ClientAnswers, Wish } from './scene.js';

const [clsid = ''] = process.argv.slice(2);
const channel = parentChannel();
channel.on('disconnect', () => process.exit());

const object = valueOf(await native.connect(clsid));
const connection = new Connection(object);

const prepared = new Map<number, (ticket: number) => Promise<unknown>>();
let lastPrepared = 0;

answer(channel, {
  hasCallFactory: () => object.hasCallFactory,
  call: ({ ticket, id }: { ticket: number; id?: number }) => {
    const call = id === undefined ? undefined : prepared.get(id);
    return call === undefined ? connection.call('scene', ticket) : call(ticket);
  },
  look: (threadId: number) => threadToken(threadId, { detail: 'brief' }),
  async who(): Promise<ClientAnswers['who'][1]> {
    const { user } = await processToken();
    return { sid: user.sid, account: `${user.domain ?? ''}\\${user.name ?? ''}` };
  },
  async prepare(wish: Wish): Promise<ClientAnswers['prepare'][1]> {
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
  async blanketOnCallObject(
    impersonationLevel: ClientAnswers['blanketOnCallObject'][0],
  ): Promise<ClientAnswers['blanketOnCallObject'][1]> {
    const blanket = nativeBlanketOptions({ impersonationLevel }, 'blanket');
    const { code, value } = await native.probeCallObjectBlanket(object, blanket);
    return { code, ...(value === undefined ? {} : { blankets: value }) };
  },
  async attempt({
    clsid: other,
    wish,
  }: ClientAnswers['attempt'][0]): Promise<ClientAnswers['attempt'][1]> {
    const blanket = wish === null ? undefined : await optionsOf(wish);
    const connected = await native.connect(other, undefined, blanket);
    if (connected.value === undefined) return { code: connected.code };
    const { code, value } = await connected.value.call('attempt', []);
    connected.value.close();
    if (value === undefined) return { code };
    return { code, attempt: JSON.parse(String(value.value)) as Attempt };
  },
});
channel.send('ready');

/** A wish in the addon's terms. The token is this process's own, less a privilege. */
async function optionsOf({
  token,
  forOneCall: _,
  ...blanket
}: Wish): Promise<NativeBlanketOptions> {
  const wanted = nativeBlanketOptions(blanket, 'blanket');
  if (token !== true) return wanted;
  return { ...wanted, as: valueOf(await native.duplicateProcessToken(distinctivePrivilege)) };
}
