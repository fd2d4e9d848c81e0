// What Windows promises about a client's identity. Windows implements much of it, not async-com. If
// Wine behaves differently, the rule is therefore not observable there.
import type { ServerCall } from '../../server/server-call.js';
import {
  judgeAccount,
  judgeBlanket,
  judgeCallObject,
  judgeCloaking,
  judgeLevel,
  judgeOpening,
  judgeRefusal,
  judgeUnauthenticated,
} from '../scene/judgement.js';
import type { Rule } from './rule.js';
import { NotObservable, type Scene } from '../scene/scene.js';
import type { Wish } from '../scene/scene-processes.js';
import { sources } from './sources.js';

const everybody = 'D:(A;;GA;;;WD)';
const nobody = 'D:(D;;GA;;;WD)';
const genericRead = 0x80000000;

export const securityRules: readonly Rule[] = [
  {
    id: 'SEC-1',
    promise:
      'QueryBlanket returns the client’s authentication service and level, principal and ' +
      'capabilities.',
    basis: 'documented',
    source: sources.queryBlanket,
    async observe(scene) {
      const { account } = await scene.client.who();
      const usual = await scene.call();
      await judgeBlanketOf(scene, usual, 'pkt-privacy', account);
      const other = await scene.callWith({ authnLevel: 'pkt-integrity' });
      await judgeBlanketOf(scene, other, 'pkt-integrity', account);
    },
  },
  {
    id: 'SEC-2',
    promise:
      'The token has the client’s impersonation level: anonymous (local transport only), ' +
      'identify, impersonate or delegate. A server without SeImpersonatePrivilege gets another ' +
      'account’s token at identify level.',
    basis: 'documented',
    source: sources.impersonationLevels,
    async observe(scene) {
      // The default of the client process.
      const usual = await impersonatedFor(scene, await scene.call());
      scene.judge(usual, judgeLevel('identify', await usual.threadToken({ detail: 'brief' })));
      for (const impersonationLevel of ['identify', 'impersonate', 'anonymous'] as const) {
        const call = await impersonatedFor(scene, await scene.callWith({ impersonationLevel }));
        const seen = await call.threadToken({ detail: 'brief' });
        scene.judge(call, judgeLevel(impersonationLevel, seen));
      }
    },
  },
  {
    id: 'SEC-3',
    promise:
      'A token at identify level works for access checks. Opening an object with it fails with ' +
      'ERROR_BAD_IMPERSONATION_LEVEL.',
    basis: 'documented',
    source: sources.impersonationLevels,
    async observe(scene) {
      const call = await impersonatedFor(scene, await scene.call());
      const seen = await call.threadToken({ detail: 'brief' });
      scene.judge(call, { ...judgeLevel('identify', seen), label: 'the token’s level' });
      for (const [descriptor, allowed] of [
        [everybody, true],
        [nobody, false],
      ] as const) {
        const granted = await call.checkAccess(descriptor, genericRead);
        scene.judge(call, {
          label: `access if ${allowed ? 'everybody' : 'nobody'} may read`,
          expected: String(allowed),
          seen: String(granted),
          ok: granted === allowed,
        });
      }
      scene.judge(call, judgeOpening(await call.attemptToOpen(systemFolder())));
    },
  },
  {
    id: 'SEC-4',
    promise:
      'The token is the client’s. If the client runs under another account, it has that ' +
      'account’s SID.',
    basis: 'documented',
    source: sources.impersonation,
    async observe(scene) {
      const { sid } = await scene.client.who();
      const own = await scene.ownAccount();
      if (sid === own) {
        throw new NotObservable(
          `needs a second account: the client and the server both run as ${sid} ` +
            '(test/security/identity.test.ts creates one)',
        );
      }
      const call = await impersonatedFor(scene, await scene.call());
      scene.judge(call, judgeAccount(sid, await call.threadToken({ detail: 'brief' })));
    },
  },
  {
    id: 'SEC-5',
    promise:
      'Without cloaking, a server sees the identity of the client’s process. With static ' +
      'cloaking it sees the identity that the client’s thread had when the blanket was set, ' +
      'with dynamic cloaking the identity that the thread has at each call.',
    basis: 'documented',
    source: sources.cloaking,
    async observe(scene) {
      // The token of the client's thread lacks a privilege that the token of its process has.
      await judgeCloakingOf(scene, 'no cloaking, no token', 'the process’s', null);
      for (const [label, who, wish] of [
        ['static, token when blanket was set', 'the thread’s', { cloaking: 'static', token: true }],
        ['static, no token', 'the process’s', { cloaking: 'static' }],
        ['dynamic, token at the call', 'the thread’s', { cloaking: 'dynamic', token: true }],
        ['dynamic, no token', 'the process’s', { cloaking: 'dynamic' }],
        ['none, token at the call', 'the process’s', { cloaking: 'none', token: true }],
      ] as const) {
        await judgeCloakingOf(scene, label, who, wish);
      }
    },
  },
  {
    id: 'SEC-6',
    promise: 'IClientSecurity on the call object sets and reads the blanket of that call.',
    basis: 'documented',
    source: sources.clientSecurityDuringCall,
    async observe(scene) {
      const answer = await scene.client.blanketOnCallObject('impersonate');
      scene.judgeClient('setting a blanket on a call object', answer.code);
      if (answer.blankets !== undefined) {
        for (const one of judgeCallObject('impersonate', answer.blankets)) {
          scene.judge(null, one);
        }
      }
      const call = await impersonatedFor(
        scene,
        await scene.callWith({ impersonationLevel: 'impersonate', forOneCall: true }),
      );
      const seen = await call.threadToken({ detail: 'brief' });
      scene.judge(call, judgeLevel('impersonate', seen));
    },
  },
  {
    id: 'SEC-7',
    promise:
      'A caller that the server’s access permissions do not allow is refused before any ' +
      'handler runs.',
    basis: 'documented',
    source: sources.initializeSecurity,
    async observe(scene) {
      const { sid } = await scene.client.who();
      if (sid === 'S-1-5-18') {
        throw new NotObservable('the client runs as SYSTEM, and this rule allows SYSTEM to call');
      }
      // Only SYSTEM may call, from this computer.
      const server = await scene.otherServer({ accessPermissions: 'D:(A;;0x3;;;SY)' });
      const { code } = await scene.client.attempt(server.clsid, null);
      for (const one of judgeRefusal(code, await server.handlersRun())) scene.judge(null, one);
    },
  },
  {
    id: 'SEC-8',
    promise:
      'The client of a call without authentication cannot be impersonated. ImpersonateClient ' +
      'fails, and no token appears on the thread.',
    basis: 'documented',
    source: sources.impersonateClientFunction,
    async observe(scene) {
      const server = await scene.otherServer({ authnLevel: 'none', accessPermissions: null });
      const wish: Wish = { authnLevel: 'none' };
      const { code, attempt } = await scene.client.attempt(server.clsid, wish);
      scene.judgeClient('a call without authentication', code);
      if (attempt !== undefined) {
        if (attempt.authnLevel !== 'none') {
          // The documentation says this of the local transport:
          // https://learn.microsoft.com/en-us/windows/win32/rpc/authentication-level-constants
          throw new NotObservable(
            'needs another computer: on this one, a call at level none arrived at level ' +
              attempt.authnLevel,
          );
        }
        for (const one of judgeUnauthenticated(attempt)) scene.judge(null, one);
      }
    },
  },
];

async function judgeBlanketOf(
  scene: Scene,
  call: ServerCall,
  asked: 'pkt-integrity' | 'pkt-privacy',
  account: string,
): Promise<void> {
  const { code, value } = await call.attempt('QueryBlanket');
  scene.judge(call, { label: 'QueryBlanket', expected: 'S_OK', seen: code, ok: code === 'S_OK' });
  if (value === undefined) return;
  for (const one of judgeBlanket(asked, account, value)) scene.judge(call, one);
}

async function judgeCloakingOf(
  scene: Scene,
  label: string,
  who: 'the process’s' | 'the thread’s',
  wish: Wish | null,
): Promise<void> {
  const arrived = wish === null ? await scene.call() : await scene.callWith(wish);
  const call = await impersonatedFor(scene, arrived);
  scene.judge(call, judgeCloaking(label, who, await call.threadToken()));
}

async function impersonatedFor(scene: Scene, call: ServerCall): Promise<ServerCall> {
  await scene.step('ImpersonateClient', call, 'succeeds', { given: 'IMP-1' });
  return call;
}

function systemFolder(): string {
  return process.env['SystemRoot'] ?? 'C:\\Windows';
}
