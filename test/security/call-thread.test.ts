import assert from 'node:assert/strict';
import {
  CallThread,
  Token,
  ComError,
  HelperThread,
  type ImpersonateOptions,
  type Outcome,
  processToken,
  type StepName,
  threadToken,
  type TokenOptions,
} from 'async-com';

import { CallHost } from '../support/call-host.js';
import { collectGarbageUntil } from '../support/garbage.js';
import { becomesBare, stateOf } from '../support/threads.js';
import { until } from '../support/until.js';
import { within } from '../support/within.js';

const brief = { detail: 'brief' } as const;

describe('CallThread', () => {
  let host: CallHost;

  before(async () => {
    host = await CallHost.start();
  });

  after(async () => {
    await host[Symbol.asyncDispose]();
  });

  /** The states that the thread itself, another thread and another process see. */
  async function states(thread: CallThread): Promise<string[]> {
    return [
      (await thread.threadToken(brief)).state,
      await stateOf(await thread.threadId()),
      (await host.client.threadToken(await thread.threadId())).state,
    ];
  }

  async function tokenId(thread: CallThread): Promise<bigint | undefined> {
    return (await thread.threadToken(brief)).token?.tokenId;
  }

  it('is neither the JavaScript thread nor the RPC thread', async () => {
    await host.call(async (call) => {
      const own = (await threadToken(undefined, brief)).threadId;
      assert.notEqual(await call.threadId(), own);
      assert.notEqual(await call.threadId(), call.rpcThreadId);
      assert.ok(Number.isInteger(await call.threadId()) && (await call.threadId()) > 0);
      assert.equal((await call.threadToken(brief)).threadId, await call.threadId());
    });
  });

  describe('CallThread.impersonateClient() and revertToSelf()', () => {
    it('put the client’s token on the thread, and remove it', async () => {
      await host.call(async (call) => {
        assert.deepEqual(await states(call), ['absent', 'absent', 'absent']);
        await call.impersonateClient();
        assert.deepEqual(await states(call), ['present', 'present', 'present']);
        await call.revertToSelf();
        assert.deepEqual(await states(call), ['absent', 'absent', 'absent']);
      });
    });

    it('do not change the token of another thread', async () => {
      await host.call(async (call) => {
        await call.impersonateClient();
        assert.equal((await threadToken(undefined, brief)).state, 'absent');
        if (call.rpcThreadId !== null) assert.equal(await stateOf(call.rpcThreadId), 'absent');
      });
    });

    it('need only one revert after several impersonations', async () => {
      await host.call(async (call) => {
        for (let time = 0; time < 3; ++time) await call.impersonateClient();
        await call.revertToSelf();
        assert.deepEqual(await states(call), ['absent', 'absent', 'absent']);
        await call.revertToSelf();
        assert.equal(await call.isImpersonating(), false);
      });
    });

    it('restore the token that was on the thread before', async () => {
      await host.call(async (call) => {
        await call.impersonateClient();
        using earlier = await call.duplicateToken();
        await call.revertToSelf();
        await call.setThreadToken(earlier);
        const before = await tokenId(call);
        await call.impersonateClient();
        assert.notEqual(await tokenId(call), before);
        await call.revertToSelf();
        assert.equal(await tokenId(call), before);
        await call.setThreadToken(null);
        assert.deepEqual(await states(call), ['absent', 'absent', 'absent']);
      });
    });

    it('change what isImpersonating() returns', async () => {
      await host.call(async (call) => {
        assert.equal(await call.isImpersonating(), false);
        await call.impersonateClient();
        assert.equal(await call.isImpersonating(), true);
        await call.revertToSelf();
        assert.equal(await call.isImpersonating(), false);
      });
    });

    it('run in the order of their calls when they are not awaited', async () => {
      await host.call(async (call) => {
        const looks: Promise<{ state: string }>[] = [];
        const steps: Promise<void>[] = [];
        for (let time = 0; time < 20; ++time) {
          steps.push(call.impersonateClient());
          looks.push(call.threadToken(brief));
          steps.push(call.revertToSelf());
          looks.push(call.threadToken(brief));
        }
        await Promise.all(steps);
        const seen = (await Promise.all(looks)).map(({ state }) => state);
        assert.deepEqual(
          seen,
          seen.map((_, index) => (index % 2 === 0 ? 'present' : 'absent')),
        );
      });
    });

    it('are independent in two calls at the same time', async () => {
      await host.call(async (one) => {
        await host.call(async (two) => {
          assert.notEqual(await one.threadId(), await two.threadId());
          await one.impersonateClient();
          assert.deepEqual(await states(two), ['absent', 'absent', 'absent']);
          assert.equal(await two.isImpersonating(), false);
          await two.impersonateClient();
          await one.revertToSelf();
          assert.deepEqual(await states(two), ['present', 'present', 'present']);
          assert.equal(await two.isImpersonating(), true);
        });
      });
    });
  });

  describe('CallThread.impersonateClient()', () => {
    it('rejects options that are not an object, as duplicateToken() does', async () => {
      await host.call(async (call) => {
        for (const options of ['delegation', 'x', 5, null] as unknown[]) {
          const expected = { name: 'TypeError', message: 'options must be an object' };
          await assert.rejects(call.impersonateClient(options as ImpersonateOptions), expected);
          await assert.rejects(call.duplicateToken(options as ImpersonateOptions), expected);
        }
        assert.equal((await call.threadToken(brief)).state, 'absent');
      });
    });

    it('rejects because the level is too low, with a failure of RevertToSelf as the cause', async () => {
      const steps: string[] = [];
      const look = await threadToken(undefined, brief);
      const { threadId, time } = look;
      const answer = (operation: string, failed: Partial<Outcome> = {}): Promise<Outcome> => {
        steps.push(operation);
        const succeeded = { hresult: 0, code: 'S_OK', failure: null, operation, threadId, time };
        return Promise.resolve({ ...succeeded, ...failed });
      };
      const refusing = {
        impersonateClient: () => answer('ImpersonateClient'),
        threadToken: () => answer('OpenThreadToken', { value: { ...look, state: 'anonymous' } }),
        revertToSelf: () =>
          answer('RevertToSelf', { hresult: 0x8007000e, code: 'E_OUTOFMEMORY', failure: 'system' }),
        leave: () => Promise.reject(new Error('not asked to leave')),
      };
      const thread = new HelperThread(
        refusing as unknown as ConstructorParameters<typeof HelperThread>[0],
      );
      await assert.rejects(
        thread.impersonateClient({ level: 'impersonation' }),
        ({ code, message, cause }: ComError) => {
          assert.equal(code, 'ERROR_BAD_IMPERSONATION_LEVEL');
          assert.match(message, /^impersonateClient needs the client's token at impersonation/);
          assert.ok(cause instanceof ComError);
          assert.match(cause.message, /^RevertToSelf failed with E_OUTOFMEMORY/);
          return true;
        },
      );
      assert.deepEqual(steps, ['ImpersonateClient', 'OpenThreadToken', 'RevertToSelf']);
    });
  });

  describe('CallThread.checkAccess()', () => {
    it('rejects a text that is not a descriptor, with the error of Windows as its cause', async () => {
      await host.call(async (call) => {
        await call.impersonateClient();
        await assert.rejects(call.checkAccess('nonsense', 1), ({ name, cause }: Error) => {
          return name === 'TypeError' && cause instanceof ComError && cause.hresult >= 0x80000000;
        });
      });
    });
  });

  describe('CallThread.attemptToOpen()', () => {
    it('rejects a value that is not a path', async () => {
      await host.call(async (call) => {
        for (const path of ['', 'a\0b', 5, undefined]) {
          await assert.rejects(call.attemptToOpen(path as string), {
            name: 'TypeError',
            message: /^path must be a non-empty string/,
          });
        }
      });
    });
  });

  describe('CallThread.threadToken() and tokenOfThread()', () => {
    it('describe the client’s token', async () => {
      const own = await processToken();
      await host.call(async (call) => {
        await call.impersonateClient();
        const { token, state, error, threadId } = await call.threadToken();
        assert.equal(state, 'present');
        assert.equal(error, null);
        assert.equal(threadId, await call.threadId());
        assert.ok(token);
        assert.equal(token.type, 'impersonation');
        assert.equal(token.detail, 'full');
        assert.ok(token.level === 'impersonation' || token.level === 'identification');
        assert.equal(token.user.sid, own.user.sid, 'the client is the same account');
        assert.equal(token.user.name, own.user.name);
        assert.ok(token.groups !== null && token.groups.length > 0);
      });
    });

    it('describe less with `detail: brief`', async () => {
      await host.call(async (call) => {
        await call.impersonateClient();
        const { token } = await call.threadToken(brief);
        assert.ok(token);
        assert.equal(token.detail, 'brief');
        assert.equal(token.user.name, null);
        assert.equal(token.groups, null);
      });
    });

    it('reject an unknown options.detail', async () => {
      await host.call(async (call) => {
        await assert.rejects(call.threadToken('brief' as TokenOptions), {
          name: 'TypeError',
          message: 'options must be an object',
        });
        await assert.rejects(call.threadToken({ detail: 'some' } as unknown as TokenOptions), {
          name: 'TypeError',
          message: /^options\.detail must be/,
        });
      });
    });

    it('find the token of another thread by its id', async () => {
      await host.call(async (one) => {
        await host.call(async (two) => {
          await one.impersonateClient();
          assert.equal((await two.tokenOfThread(await one.threadId())).state, 'present');
          await one.revertToSelf();
          assert.equal((await two.tokenOfThread(await one.threadId())).state, 'absent');
        });
      });
    });

    it('reject a value that is not a thread id', async () => {
      await host.call(async (call) => {
        for (const threadId of [0, -1, 1.5, 2 ** 32, NaN, 'x', '1', null, undefined, 1n]) {
          await assert.rejects(call.tokenOfThread(threadId as number), {
            name: 'TypeError',
            message: /^threadId must be a Windows thread id/,
          });
        }
        assert.equal((await call.tokenOfThread(1)).state, 'unknown', 'control');
      });
    });
  });

  describe('CallThread.duplicateToken() and setThreadToken()', () => {
    it('keep the client’s identity for longer than its call', async () => {
      let kept: Token | undefined;
      await host.call(async (call) => {
        await call.impersonateClient();
        kept = await call.duplicateToken();
        assert.notEqual((await kept.describe()).tokenId, await tokenId(call));
      });
      assert.ok(kept);
      using token = kept;
      assert.equal((await token.describe()).user.sid, (await processToken()).user.sid);
      await host.call(async (call) => {
        await call.setThreadToken(token);
        assert.deepEqual(await states(call), ['present', 'present', 'present']);
        assert.equal(await call.isImpersonating(), false);
        await call.setThreadToken(null);
        assert.deepEqual(await states(call), ['absent', 'absent', 'absent']);
      });
    });

    it('reject a duplicate when the thread has no token', async () => {
      await host.call(async (call) => {
        await assert.rejects(call.duplicateToken(), {
          name: 'ComError',
          hresult: 0x800703f0,
          message: /OpenThreadToken/,
        });
      });
    });

    it('reject a value that is not a Token, and a Token that was closed', async () => {
      await host.call(async (call) => {
        for (const token of [undefined, {}, 5, 'x', new Map()] as unknown[]) {
          await assert.rejects(call.setThreadToken(token as Token), {
            name: 'TypeError',
            message: 'token must be a Token or null',
          });
        }
        await call.impersonateClient();
        const closed = await call.duplicateToken();
        closed.close();
        closed.close();
        const expected = { name: 'Error', message: 'the token was closed' };
        await assert.rejects(call.setThreadToken(closed), expected);
        await assert.rejects(closed.describe(), expected);
        await assert.rejects(closed.openThread(), expected);
        assert.equal((await call.threadToken(brief)).state, 'present');
      });
    });
  });

  describe('CallThread.attempt()', () => {
    const names: readonly StepName[] = [
      ...(['ImpersonateClient', 'RevertToSelf', 'IsImpersonating', 'QueryBlanket'] as const),
      ...(['CoImpersonateClient', 'CoRevertToSelf', 'CoQueryClientBlanket'] as const),
      'CoGetCallContext',
    ];

    it('returns the HRESULT as data, with the thread and the time', async () => {
      await host.call(async (call) => {
        let last = 0n;
        for (const name of names) {
          const outcome = await call.attempt(name);
          assert.equal(outcome.threadId, await call.threadId(), name);
          assert.ok(outcome.time >= last, name);
          assert.ok(outcome.operation?.endsWith(name), `${String(outcome.operation)} for ${name}`);
          assert.equal(typeof outcome.code, 'string');
          if (!name.endsWith('Blanket')) assert.equal(outcome.hresult, 0, name);
          last = outcome.time;
        }
      });
    });

    it('uses the same call context with COM’s own functions', async () => {
      await host.call(async (call) => {
        assert.equal((await call.attempt('CoGetCallContext')).value, true);
        await call.attempt('CoImpersonateClient');
        assert.equal(await call.isImpersonating(), true);
        await call.revertToSelf();
        await call.impersonateClient();
        await call.attempt('CoRevertToSelf');
        assert.deepEqual(await states(call), ['absent', 'absent', 'absent']);
      });
    });

    it('rejects an unknown name', async () => {
      await host.call(async (call) => {
        for (const name of ['Nope', '', 'constructor', undefined, 5, Symbol('s')] as unknown[]) {
          await assert.rejects(call.attempt(name as StepName), TypeError);
        }
        assert.equal((await call.attempt('RevertToSelf')).hresult, 0, 'the thread still works');
      });
    });
  });

  describe('after its call', () => {
    it('rejects every method with RPC_E_CALL_COMPLETE', async () => {
      let over: CallThread | undefined;
      await host.call(async (call) => {
        await call.impersonateClient();
        over = call;
      });
      assert.ok(over);
      const ended = over;
      const methods = {
        impersonateClient: () => ended.impersonateClient(),
        revertToSelf: () => ended.revertToSelf(),
        isImpersonating: () => ended.isImpersonating(),
        queryBlanket: () => ended.queryBlanket(),
        threadToken: () => ended.threadToken(),
        tokenOfThread: () => ended.tokenOfThread(1),
        setThreadToken: () => ended.setThreadToken(null),
        duplicateToken: () => ended.duplicateToken(),
      };
      for (const [name, method] of Object.entries(methods)) {
        await assert.rejects(
          method,
          {
            name: 'ComError',
            code: 'RPC_E_CALL_COMPLETE',
            message: /no longer belongs to the call/,
          },
          name,
        );
      }
      const outcome = await ended.attempt('ImpersonateClient');
      assert.equal(outcome.code, 'RPC_E_CALL_COMPLETE');
      assert.equal(outcome.operation, null);
    });

    it('has no token, and the next calls use it again', async () => {
      const threads = new Set<number>();
      const leaveTokenOn = () =>
        host.call(async (call) => {
          threads.add(await call.threadId());
          await call.impersonateClient();
          // The looks below find no token. Here the same looks find one (control).
          if (threads.size === 1) assert.deepEqual(await states(call), Array(3).fill('present'));
        });
      for (let round = 0; round < 20; ++round) {
        await Promise.all(Array.from({ length: 10 }, leaveTokenOn));
      }
      assert.ok(threads.size > 1, 'calls ran at the same time');
      for (const thread of threads) {
        await becomesBare(thread);
        assert.equal((await host.client.threadToken(thread)).state, 'absent');
      }
      await host.call(async (call) => {
        assert.ok(threads.has(await call.threadId()), 'the threads are used again');
        assert.deepEqual(await states(call), ['absent', 'absent', 'absent']);
        assert.equal(await call.isImpersonating(), false);
      });
    });
  });

  describe('from ServerCall.openThread() or Token.openThread()', () => {
    it('has a token of its own', async () => {
      await host.call(async (call) => {
        await using helper = await call.openThread();
        assert.ok(helper instanceof HelperThread);
        assert.notEqual(await helper.threadId(), await call.threadId());
        await helper.impersonateClient();
        assert.deepEqual(await states(helper), ['present', 'present', 'present']);
        assert.deepEqual(await states(call), ['absent', 'absent', 'absent']);
        assert.equal(await helper.isImpersonating(), true);
        assert.equal(await call.isImpersonating(), false);
        await call.impersonateClient();
        await helper.revertToSelf();
        assert.deepEqual(await states(helper), ['absent', 'absent', 'absent']);
        assert.deepEqual(await states(call), ['present', 'present', 'present']);
      });
    });

    it('rejects later steps after leave(), and leaves no token on the next thread', async () => {
      await host.call(async (call) => {
        const helper = await call.openThread();
        await helper.impersonateClient();
        await helper.leave();
        await helper.leave();
        await assert.rejects(helper.impersonateClient(), { code: 'RPC_E_CALL_COMPLETE' });
        await assert.rejects(helper.threadToken(), { code: 'RPC_E_CALL_COMPLETE' });
        const next = await call.openThread();
        assert.deepEqual(await states(next), ['absent', 'absent', 'absent']);
        await next.leave();
      });
    });

    it('can impersonate until the call is signalled, also after Begin_ has returned', async () => {
      await host.call(async (call) => {
        await using helper = await call.openThread();
        call.returnFromBegin();
        await call.beginReturned();
        await helper.impersonateClient();
        assert.deepEqual(await states(helper), ['present', 'present', 'present']);
        await call.signal();
        assert.deepEqual(await states(helper), ['present', 'present', 'present']);
        assert.equal((await helper.attempt('ImpersonateClient')).code, 'RPC_E_CALL_COMPLETE');
        await helper.revertToSelf();
        assert.deepEqual(await states(helper), ['absent', 'absent', 'absent']);
      });
    });

    it('does not block Signal when two such threads impersonate', async () => {
      for (let round = 0; round < 300; ++round) {
        await host.call(async (call) => {
          const helpers = await Promise.all([call.openThread(), call.openThread()]);
          // Attempts after Signal are refused. How many these are depends on the timing.
          const attempts = helpers.flatMap((helper) =>
            Array.from({ length: 1 + (round % 8) }, () => helper.attempt('ImpersonateClient')),
          );
          await within(10_000, call.signal(), `Signal in round ${String(round)}`);
          await within(10_000, Promise.all(attempts), 'ImpersonateClient');
          await within(10_000, Promise.all(helpers.map((helper) => helper.leave())), 'leave');
        });
      }
    });

    it('outlives its call, and cannot impersonate after it', async () => {
      let kept: HelperThread | undefined;
      await host.call(async (call) => {
        kept = await call.openThread();
        await kept.impersonateClient();
      });
      assert.ok(kept);
      await using helper = kept;
      assert.deepEqual(await states(helper), ['present', 'present', 'present']);
      await assert.rejects(helper.impersonateClient(), { code: 'RPC_E_CALL_COMPLETE' });
      await helper.revertToSelf();
      assert.deepEqual(await states(helper), ['absent', 'absent', 'absent']);
      await until(() => host.server.callsInProgress === 0, 'the call is over');
    });

    it('has the token from the start when Token.openThread() opens it', async () => {
      let kept: Token | undefined;
      await host.call(async (call) => {
        await call.impersonateClient();
        kept = await call.duplicateToken();
      });
      assert.ok(kept);
      const { tokenId: keptId, user } = await kept.describe();
      const helper = await kept.openThread();
      kept.close();
      const { token } = await helper.threadToken(brief);
      assert.ok(token);
      assert.equal(token.user.sid, user.sid);
      assert.equal(token.tokenId, keptId);
      await assert.rejects(helper.impersonateClient(), { code: 'RPC_E_CALL_COMPLETE' });
      assert.deepEqual(await states(helper), ['present', 'present', 'present']);
      await helper.leave();
      assert.equal(await stateOf(await helper.threadId()), 'absent');
    });

    it('is one of at most 64, and is released when nothing refers to it', async () => {
      const most = 64;
      let forgotten: HelperThread[] = [];
      const threads = await openMany(most);
      await assert.rejects(openMany(1), ({ hresult, name }: ComError) => {
        return name === 'ComError' && hresult === 0x800700a4; // ERROR_MAX_THRDS_REACHED
      });
      for (const thread of threads) {
        assert.equal(await stateOf(thread), 'present');
      }
      forgotten = [];
      const free = async () => (await Promise.all(threads.map(stateOf))).every(isAbsent);
      assert.ok(await collectGarbageUntil(free));
      await host.call(async (call) => {
        await using helper = await call.openThread();
        assert.ok(threads.includes(await helper.threadId()));
      });

      async function openMany(count: number): Promise<number[]> {
        const ids: number[] = [];
        await host.call(async (call) => {
          for (let opened = 0; opened < count; ++opened) {
            const helper = await call.openThread();
            await helper.impersonateClient();
            ids.push(await helper.threadId());
            forgotten.push(helper);
          }
        });
        return ids;
      }
    });
  });
});

function isAbsent(state: string): boolean {
  return state === 'absent';
}
