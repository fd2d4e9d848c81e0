import assert from 'node:assert/strict';
import { Worker } from 'node:worker_threads';
import {
  processToken,
  type ThreadToken,
  threadToken,
  type TokenDescription,
  type TokenOptions,
} from 'async-com';
import { native } from '#lib/native/addon.js';

import { CallHost } from '../support/call-host.js';

const sidForm = /^S-1-\d+(-\d+)+$/;

describe('threadToken()', () => {
  it('finds no token on the JavaScript thread', async () => {
    const own = await threadToken();
    assertAbsent(own);
    assert.ok(own.threadId > 0);
  });

  it('finds the same when it gets the id of that thread', async () => {
    const own = await threadToken();
    const seen = await threadToken(own.threadId);
    assertAbsent(seen);
    assert.equal(seen.threadId, own.threadId);
    assert.ok(seen.time > own.time);
  });

  it('describes the calling thread, also in a worker thread', async () => {
    const worker = new Worker(
      `import('async-com').then(async ({ threadToken }) => {
        require('node:worker_threads').parentPort.postMessage(await threadToken());
      });`,
      { eval: true },
    );
    const seen = await new Promise<ThreadToken>((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
    await worker.terminate();
    assertAbsent(seen);
    assert.notEqual(seen.threadId, (await threadToken()).threadId);
  });

  it('returns the state unknown for a thread that does not exist', async () => {
    for (const threadId of [1, 0xfffffffc, 0xffffffff]) {
      const seen = await threadToken(threadId);
      assert.equal(seen.state, 'unknown');
      assert.equal(seen.threadId, threadId);
      assert.equal(seen.token, null);
      assert.deepEqual(seen.error, {
        code: 87,
        name: 'ERROR_INVALID_PARAMETER',
        function: 'OpenThread',
      });
    }
  });

  it('rejects a value that is not a thread id', async () => {
    const bad: unknown[] = [
      ...[0, -1, 1.5, 2 ** 32, NaN, Infinity, null, '1', 1n, {}, [], true, Symbol('s')],
    ];
    for (const threadId of bad) {
      await assert.rejects(threadToken(threadId as number), {
        name: 'TypeError',
        message: /^threadId must be a Windows thread id/,
      });
    }
  });

  it('rejects an unknown options.detail', async () => {
    for (const options of ['brief', null, 5]) {
      await assert.rejects(threadToken(undefined, options as unknown as TokenOptions), {
        name: 'TypeError',
        message: 'options must be an object',
      });
    }
    for (const detail of ['', 'Full', null, 5, {}]) {
      await assert.rejects(threadToken(undefined, { detail } as unknown as TokenOptions), {
        name: 'TypeError',
        message: /^options\.detail must be/,
      });
    }
  });

  describe('for a thread that impersonates', () => {
    let host: CallHost;

    before(async () => {
      host = await CallHost.start();
    });

    after(async () => {
      await host[Symbol.asyncDispose]();
    });

    it('finds the token, in this process and in another', async () => {
      await host.call(async (call) => {
        await call.impersonateClient();
        const looks = [
          await call.threadToken({ detail: 'brief' }),
          await threadToken(await call.threadId(), { detail: 'brief' }),
          await host.client.threadToken(await call.threadId()),
        ];
        for (const look of looks) {
          assert.equal(look.state, 'present');
          assert.equal(look.error, null);
          assert.equal(look.threadId, await call.threadId());
          assert.ok(look.token);
          assertShape(look.token, 'brief', 'impersonation');
          assert.equal(look.token.modifiedId, looks[0]?.token?.modifiedId, 'it is the same token');
        }
        // On Windows each look opens its own duplicate of the token.
        const ids = new Set(looks.map(({ token }) => token?.tokenId));
        assert.ok(ids.size === 1 || (ids.size === 3 && native.wineVersion() === null));
        const [first, second, third] = looks.map(({ time }) => time);
        assert.ok(first !== undefined && second !== undefined && third !== undefined);
        assert.ok(first <= second && second <= third, 'one clock for all');
        await call.revertToSelf();
        assertAbsent(await threadToken(await call.threadId()));
        assertAbsent(await host.client.threadToken(await call.threadId()));
      });
    });

    it('describes the token in full', async () => {
      await host.call(async (call) => {
        await call.impersonateClient();
        const { token } = await threadToken(await call.threadId());
        assert.ok(token);
        assertShape(token, 'full', 'impersonation');
        assert.equal(token.user.name, (await processToken()).user.name);
      });
    });
  });
});

describe('processToken()', () => {
  it('describes the account of the process', async () => {
    const token = await processToken();
    assertShape(token, 'full', 'primary');
    assert.equal(token.user.name?.toLowerCase(), process.env['USERNAME']?.toLowerCase());
  });

  it('returns the same token every time', async () => {
    const [one, two] = await Promise.all([processToken(), processToken()]);
    assert.deepEqual(one, two);
  });
});

function assertAbsent(seen: ThreadToken): void {
  assert.equal(seen.state, 'absent');
  assert.equal(seen.token, null);
  const error = { code: 1008, name: 'ERROR_NO_TOKEN', function: 'OpenThreadToken' };
  assert.deepEqual(seen.error, error);
  assert.equal(typeof seen.time, 'bigint');
}

/** Checks what lib/native/token-description.ts promises for every description. */
function assertShape(
  token: TokenDescription,
  detail: TokenDescription['detail'],
  type: TokenDescription['type'],
): void {
  assert.deepEqual(Object.keys(token).sort(), [
    ...['detail', 'elevated', 'groups', 'integrity', 'level', 'logonSession', 'modifiedId'],
    ...['privileges', 'restricted', 'source', 'tokenId', 'type', 'user'],
  ]);
  assert.equal(token.detail, detail);
  assert.equal(token.type, type);
  assert.equal(token.level === null, type === 'primary');
  assert.equal(typeof token.tokenId, 'bigint');
  assert.equal(typeof token.modifiedId, 'bigint');
  assert.match(token.user.sid, sidForm);
  if (detail === 'brief') {
    assert.equal(token.user.domain, null);
    assert.equal(token.user.name, null);
    for (const part of ['groups', 'privileges', 'integrity', 'restricted', 'elevated'] as const) {
      assert.equal(token[part], null, part);
    }
    return;
  }
  assert.ok(token.user.name);
  assert.ok(token.groups !== null && token.groups.length > 0);
  for (const group of token.groups) {
    assert.deepEqual(Object.keys(group).sort(), ['attributes', 'domain', 'name', 'sid']);
    assert.match(group.sid, sidForm);
    assert.ok(Array.isArray(group.attributes));
  }
  assert.ok(token.groups.some(({ attributes }) => attributes.includes('enabled')));
  assert.ok(token.privileges !== null && token.privileges.length > 0);
  for (const privilege of token.privileges) {
    assert.match(privilege.name, /^Se\w+Privilege$/);
    assert.equal(typeof privilege.enabled, 'boolean');
    assert.equal(typeof privilege.enabledByDefault, 'boolean');
  }
  if (token.integrity !== null) assert.match(token.integrity.sid, /^S-1-16-\d+$/);
}
