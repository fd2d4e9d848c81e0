import assert from 'node:assert/strict';
import type { ImpersonateOptions, ImpersonationLevel, ServerCall } from 'async-com';
import { levelError } from '#lib/security/impersonation-level.js';

import { CallHost } from '../support/call-host.js';

const everybody = 'D:(A;;GA;;;WD)';
const nobody = 'D:(D;;GA;;;WD)(A;;GA;;;WD)';
const read = 0x80000000;

describe('a required impersonation level', () => {
  let host: CallHost;

  before(async () => {
    host = await CallHost.start();
  });

  after(async () => {
    await host[Symbol.asyncDispose]();
  });

  it('must be the name of a level', async () => {
    await host.call(async (call) => {
      for (const level of ['', 'identify', 'impersonate', 2, null] as unknown[]) {
        const options = { level } as ImpersonateOptions;
        const message = /^options\.level must be 'anonymous', 'identification'/;
        await assert.rejects(call.impersonateClient(options), { name: 'TypeError', message });
        await assert.rejects(call.duplicateToken(options), { name: 'TypeError', message });
        await assert.rejects(call.requireLevel(level as ImpersonationLevel), {
          name: 'TypeError',
          message: /^level must be/,
        });
      }
      assert.equal((await call.threadToken()).state, 'absent');
    });
  });

  it('is satisfied by a token at that level or above', async () => {
    await host.call(async (call) => {
      await call.impersonateClient({ level: 'identification' });
      await call.requireLevel('identification');
      await call.requireLevel('anonymous');
      await call.revertToSelf();
    });
  });

  it('causes an error with the granted level, the needed level and how the client grants it', async () => {
    await host.call(async (call) => {
      await withTokenAt(call, 'identification', async () => {
        for (const failing of [
          call.requireLevel('impersonation'),
          call.duplicateToken({ level: 'impersonation' }),
        ]) {
          await assert.rejects(failing, {
            name: 'ComError',
            code: 'ERROR_BAD_IMPERSONATION_LEVEL',
            message:
              /needs the client's token at impersonation or above, and it is at identification\. The client grants it with initializeSecurity\(\{ impersonationLevel: 'impersonate' \}\), before it connects, or with connect\(name, \{ blanket: \{ impersonationLevel: 'impersonate' \} \}\)/,
          });
        }
        await assert.rejects(call.requireLevel('delegation'), {
          message: /impersonationLevel: 'delegate'/,
        });
      });
    });
  });

  it('causes ERROR_NO_TOKEN when the thread has no token', async () => {
    await host.call(async (call) => {
      await assert.rejects(call.requireLevel('anonymous'), { code: 'ERROR_NO_TOKEN' });
      await assert.rejects(call.duplicateToken({ level: 'identification' }), {
        code: 'ERROR_NO_TOKEN',
      });
    });
  });

  it('makes impersonateClient() remove a token that is below it', async () => {
    await host.call(async (call) => {
      await assert.rejects(call.impersonateClient({ level: 'delegation' }), {
        name: 'ComError',
        code: 'ERROR_BAD_IMPERSONATION_LEVEL',
        message: /^impersonateClient needs the client's token at delegation or above/,
      });
      assert.equal((await call.threadToken()).state, 'absent');
      assert.equal(await call.isImpersonating(), false);
    });
  });

  it('becomes the level of a duplicate', async () => {
    await host.call(async (call) => {
      await call.impersonateClient();
      using lower = await call.duplicateToken({ level: 'identification' });
      assert.equal((await lower.describe()).level, 'identification');
      await call.revertToSelf();
      await using helper = await lower.openThread();
      assert.equal((await helper.threadToken()).token?.level, 'identification');
    });
  });

  it('causes an error about SeImpersonatePrivilege only if the server needs it and lacks it', () => {
    const client = 'S-1-5-21-1-2-3-1001';
    const user = { sid: 'S-1-5-21-1-2-3-1000', domain: 'HOST', name: 'svc' };
    const privilege = {
      name: 'SeImpersonatePrivilege',
      enabled: true,
      enabledByDefault: true,
    };
    const wanting = {
      operation: 'openThread',
      needed: 'impersonation',
      granted: 'identification',
      user: client,
    } as const;
    const lacks = /server's account, HOST\\svc, does not have SeImpersonatePrivilege/;

    assert.match(levelError(wanting, { user, privileges: [] }).message, lacks);
    assert.match(
      levelError(wanting, { user, privileges: [{ ...privilege, enabled: false }] }).message,
      lacks,
    );
    for (const [server, what] of [
      [{ user, privileges: [privilege] }, wanting],
      [
        { user, privileges: [] },
        { ...wanting, user: user.sid },
      ],
      [
        { user, privileges: [] },
        { ...wanting, needed: 'identification', granted: 'anonymous' },
      ],
      [{ user, privileges: null }, wanting],
    ] as const) {
      assert.doesNotMatch(levelError(what, server).message, /SeImpersonatePrivilege/);
    }
  });
});

describe('CallThread.checkAccess() and attemptToOpen()', () => {
  let host: CallHost;

  before(async () => {
    host = await CallHost.start();
  });

  after(async () => {
    await host[Symbol.asyncDispose]();
  });

  it('check the client’s access, also at identification', async () => {
    await host.call(async (call) => {
      await call.impersonateClient();
      assert.equal(await call.checkAccess(everybody, read), true);
      assert.equal(await call.checkAccess(nobody, read), false);
      await call.revertToSelf();
      await withTokenAt(call, 'identification', async () => {
        assert.equal(await call.checkAccess(everybody, read), true);
        assert.equal(await call.checkAccess(nobody, read), false);
        const { user } = (await call.threadToken({ detail: 'brief' })).token ?? {};
        assert.equal(await call.checkAccess(`D:(A;;GR;;;${user?.sid ?? ''})`, read), true);
        assert.equal(await call.checkAccess(`D:(A;;GR;;;${user?.sid ?? ''})`, 0x40000000), false);
      });
    });
  });

  it('never use the server’s own access, and fail without a token', async () => {
    await host.call(async (call) => {
      await assert.rejects(call.checkAccess(everybody, read), { code: 'ERROR_NO_TOKEN' });
      assert.equal((await call.attemptToOpen('C:\\')).code, 'ERROR_NO_TOKEN');
    });
  });

  it('reject a value that is not a descriptor or not an access mask', async () => {
    await host.call(async (call) => {
      await call.impersonateClient();
      for (const descriptor of ['', 'nonsense', 'O:BA', 5]) {
        await assert.rejects(call.checkAccess(descriptor as string, read), {
          name: 'TypeError',
          message: /^descriptor must be/,
        });
      }
      for (const access of [-1, 1.5, 2 ** 32, '1', undefined]) {
        await assert.rejects(call.checkAccess(everybody, access as number), {
          name: 'TypeError',
          message: /^access must be an access mask/,
        });
      }
      await call.revertToSelf();
    });
  });

  it('open a file as the thread, if the level of its token is sufficient', async () => {
    await host.call(async (call) => {
      await call.impersonateClient();
      assert.equal((await call.attemptToOpen(process.env['SystemRoot'] ?? 'C:\\')).code, 'S_OK');
      assert.equal((await call.attemptToOpen('C:\\no\\such\\file')).code, 'ERROR_PATH_NOT_FOUND');
      await call.revertToSelf();
    });
  });
});

/** Runs `body` with the client's token at this level on Begin_'s thread, and then removes it. */
async function withTokenAt(
  call: ServerCall,
  level: ImpersonationLevel,
  body: () => Promise<void>,
): Promise<void> {
  await call.impersonateClient();
  using token = await call.duplicateToken({ level });
  await call.revertToSelf();
  await call.setThreadToken(token);
  try {
    await body();
  } finally {
    await call.setThreadToken(null);
  }
}
