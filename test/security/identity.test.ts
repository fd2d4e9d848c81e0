import assert from 'node:assert/strict';
import { type ClientImpersonationLevel, processToken, type TokenDescription } from 'async-com';
import {
  judgeAccount,
  judgeLevel,
  judgeOpening,
  judgeRefusal,
  type Judgement,
} from '#lib/verify/scene/judgement.js';
import { native } from '#lib/native/addon.js';
import type { Outcome } from '#lib/native/outcome.js';
import type { ThreadToken } from '#lib/native/token-description.js';

import { Child } from '../support/child.js';
import { ClientFolder, type Launch, launchAsSelf } from '../support/client-folder.js';
import { newClsid } from '#lib/value/identifiers.js';
import { SecondAccount } from '../support/second-account.js';
import { skip } from '../support/skip.js';

interface Seen {
  readonly client: string | null;
  readonly state: ThreadToken['state'];
  readonly level: TokenDescription['level'];
  readonly sid: string | null;
  readonly opened: string;
  readonly everybody: boolean | null;
}

/** Starts an identity server. Without access permissions it has async-com's default. */
function startServer(clsid: string, accessPermissions?: string): Promise<Child> {
  return Child.start(
    'identity-server',
    clsid,
    ...(accessPermissions === undefined ? [] : [accessPermissions]),
  );
}

/** Converts what a server reported to what the rules' judgements expect. */
function tokenOf({ state, level, sid }: Seen): ThreadToken {
  const token = { level, user: { sid, domain: null, name: null } } as TokenDescription;
  return { state, threadId: 0, error: null, time: 0n, token: state === 'present' ? token : null };
}

function assertOk(...judgements: readonly Judgement[]): void {
  for (const { label, expected, seen, ok } of judgements) {
    assert.ok(ok, `${label}: expected ${expected}, got ${seen}`);
  }
}

// The tests below reach a server in this way. Here the client runs as this account, which works on
// every host.
describe('a client with a reference to the server', () => {
  it('runs in a folder of its own, makes a call and reports the result', async () => {
    await using folder = await ClientFolder.make();
    await using server = await startServer(newClsid());
    const reference = (await server.ask('reference')) as string;

    const result = await folder.run(launchAsSelf, { reference, method: 'who' });

    assert.equal(result.code, 'S_OK');
    assert.equal(result.sid, (await processToken()).user.sid);
    const seen = JSON.parse(result.value as string) as Seen;
    assert.equal(seen.state, 'present');
    assert.equal(seen.sid, result.sid);
    assert.equal(await server.ask('handlersRun'), 1);
  });

  it('gets an error when the server has ended', async () => {
    await using folder = await ClientFolder.make();
    let reference: string;
    {
      await using server = await startServer(newClsid());
      reference = (await server.ask('reference')) as string;
    }
    const result = await folder.run(launchAsSelf, { reference, method: 'who' });
    assert.notEqual(result.code, 'S_OK');
  });
});

// SEC-2, SEC-3, SEC-4, SEC-5 and SEC-7 with a client of another account. These tests follow the
// documentation and have not run on Windows yet (README.md says what has run where).
describe('a client under another account', function () {
  this.timeout(120_000);

  let account: SecondAccount | undefined;
  let folder: ClientFolder | undefined;
  let server: Child | undefined;
  let other: Child | undefined;
  const otherClsid = newClsid();
  let own: TokenDescription;
  let reference: () => Promise<string>;
  let launch: Launch;

  before(async function () {
    const wine = native.wineVersion();
    if (wine !== null) {
      skip(this, `Wine ${wine} has one account, and starts no process as another`);
    }
    own = await processToken();
    if (own.elevated !== true) {
      skip(this, 'only an elevated process (Run as administrator) can make a second account');
    }
    account = await SecondAccount.make();
    folder = await ClientFolder.make();
    await account.grant(folder.path);
    const access = `D:(A;;0x3;;;SY)(A;;0x3;;;${own.user.sid})(A;;0x3;;;${account.sid})`;
    server = await startServer(newClsid(), access);
    other = await startServer(otherClsid, access);
    const { launch: asAccount } = account;
    const started = server;
    launch = asAccount;
    reference = async () => (await started.ask('reference')) as string;
  });

  after(async () => {
    // All of them must end, also if one of them fails to.
    const left = [server, other, folder, account];
    const ended: PromiseSettledResult<unknown>[] = [];
    for (const one of left) {
      ended.push(...(await Promise.allSettled([one?.[Symbol.asyncDispose]()])));
    }
    for (const one of ended) if (one.status === 'rejected') throw one.reason;
  });

  async function who(impersonationLevel?: ClientImpersonationLevel): Promise<Seen> {
    assert.ok(folder && account);
    const result = await folder.run(launch, {
      reference: await reference(),
      method: 'who',
      ...(impersonationLevel === undefined ? {} : { blanket: { impersonationLevel } }),
    });
    assert.equal(result.code, 'S_OK', result.failed);
    assert.equal(result.sid, account.sid, 'the client runs as the account');
    return JSON.parse(result.value as string) as Seen;
  }

  it('has the SID and the name of that account at the server (SEC-4, SEC-1)', async () => {
    const seen = await who('impersonate');
    assertOk(judgeAccount(account?.sid ?? '', tokenOf(seen)));
    assert.notEqual(seen.sid, own.user.sid);
    assert.match(seen.client ?? '', new RegExp(`\\\\${account?.name ?? ''}$`, 'i'));
  });

  it('lets the server check access but not open files by default (SEC-2, SEC-3)', async () => {
    const seen = await who();
    assertOk(judgeLevel('identify', tokenOf(seen)), judgeOpening({ code: seen.opened } as Outcome));
    assert.equal(seen.everybody, true);
  });

  it('gives the level that it grants, as far as the server’s privilege allows it (SEC-2)', async () => {
    assertOk(judgeLevel('anonymous', tokenOf(await who('anonymous'))));
    const mayImpersonate = own.privileges?.some(
      ({ name, enabled }) => name === 'SeImpersonatePrivilege' && enabled,
    );
    const seen = await who('impersonate');
    assertOk(judgeLevel(mayImpersonate === true ? 'impersonate' : 'identify', tokenOf(seen)));
    if (mayImpersonate === true) assert.equal(seen.opened, 'S_OK');
  });

  it('gets an error with the level that it must grant', async () => {
    assert.ok(folder);
    const job = { reference: await reference(), method: 'require', args: ['impersonation'] };
    const result = await folder.run(launch, job);
    assert.match(
      result.value as string,
      /^impersonateClient needs the client's token at impersonation or above, and it is at identification\. The client grants it with initializeSecurity\(\{ impersonationLevel: 'impersonate' \}\)/,
    );
  });

  for (const [cloaking, shows] of [
    ['none', 'server'],
    ['static', 'client'],
    ['dynamic', 'client'],
  ] as const) {
    it(`calls a server that calls the next as the ${shows}, with cloaking ${cloaking} (SEC-5)`, async () => {
      assert.ok(folder && account);
      const result = await folder.run(launch, {
        reference: await reference(),
        blanket: { impersonationLevel: 'impersonate' },
        method: 'whoFrom',
        args: [otherClsid, cloaking],
      });
      assert.equal(result.failed, undefined);
      const seen = JSON.parse(result.value as string) as Seen;
      assertOk(judgeAccount(shows === 'client' ? account.sid : own.user.sid, tokenOf(seen)));
    });
  }

  it('is refused by a server whose access permissions leave it out (SEC-7)', async () => {
    assert.ok(folder);
    await using closed = await startServer(newClsid());
    const result = await folder.run(launch, {
      reference: (await closed.ask('reference')) as string,
      method: 'who',
    });
    assertOk(...judgeRefusal(result.code, (await closed.ask('handlersRun')) as number));
  });
});
