// What Windows promises about a client's identity. Windows implements much of it, not async-com. If
// Wine behaves differently, the rule is therefore not observable there.
import { processToken } from '../../security/thread-token.js';
import type { ServerCall } from '../../server/server-call.js';
import {
  judgeAccount,
  judgeAnonymous,
  judgeBlanket,
  judgeCallObject,
  judgeCloaking,
  judgeLevel,
  judgeOpening,
  judgeRefusal,
  judgeUnauthenticated,
  levelWith,
} from '../scene/judgement.js';
import type { Rule } from './rule.js';
import { NotObservable, type Scene } from '../scene/scene.js';
import type { Wish } from '../scene/scene-processes.js';
import { sources } from './sources.js';

const everybody = 'D:(A;;GA;;;WD)';
const nobody = 'D:(D;;GA;;;WD)';
// Everybody and ANONYMOUS LOGON may call, from this computer and from others.
const admitsAnonymous = 'D:(A;;0x7;;;WD)(A;;0x7;;;AN)';
const genericRead = 0x80000000;

export const securityRules: readonly Rule[] = [
  {
    id: 'SEC-1',
    promise:
      'QueryBlanket returns the client’s authentication service, authentication level and ' +
      'account. Its principal name and capabilities are recorded.',
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
      'The token has the impersonation level that the client grants: identify (the default), ' +
      'impersonate or, on the local transport, anonymous. What it has at delegate is recorded.',
    basis: 'documented',
    source: sources.impersonationLevels,
    async observe(scene) {
      // The default of the client process.
      const usual = await impersonatedFor(scene, await scene.call());
      scene.judge(usual, judgeLevel('identify', await usual.threadToken({ detail: 'brief' })));
      for (const impersonationLevel of ['identify', 'impersonate'] as const) {
        const call = await impersonatedFor(scene, await scene.callWith({ impersonationLevel }));
        const seen = await call.threadToken({ detail: 'brief' });
        scene.judge(call, judgeLevel(impersonationLevel, seen));
      }
      // Delegation needs a domain, or an authentication service that supports it on one computer.
      const server = await scene.otherServer({ accessPermissions: admitsAnonymous });
      const delegate = await scene.client.attempt(server.clsid, { impersonationLevel: 'delegate' });
      scene.record('the token’s level (delegate)', delegate.attempt?.level ?? delegate.code);
      // Such a client presents ANONYMOUS LOGON, which the usual access permissions refuse.
      const { code, attempt } = await scene.client.attempt(server.clsid, {
        impersonationLevel: 'anonymous',
      });
      if (code === 'E_ACCESSDENIED') {
        throw new NotObservable(
          'needs a computer that admits ANONYMOUS LOGON: a call at anonymous level was refused ' +
            'with E_ACCESSDENIED; identify and impersonate were as promised',
        );
      }
      scene.judgeClient('a call at anonymous level', code);
      if (attempt !== undefined) scene.judge(null, judgeAnonymous(attempt));
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
      const sid = await needsSecondAccount(scene);
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
    promise:
      'IClientSecurity on the call object sets and reads the blanket of that call: its ' +
      'impersonation level and its authentication level. The proxy keeps its own blanket.',
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
      const { account } = await scene.client.who();
      const other = await scene.callWith({ authnLevel: 'pkt-integrity', forOneCall: true });
      await judgeBlanketOf(scene, other, 'pkt-integrity', account);
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
  {
    id: 'SEC-9',
    promise:
      'A server with SeImpersonatePrivilege gets the token of a client of another account at ' +
      'the level that the client grants. A server without it gets the token at identify level.',
    basis: 'documented',
    source: sources.rpcImpersonateClient,
    async observe(scene) {
      await needsSecondAccount(scene);
      const call = await impersonatedFor(
        scene,
        await scene.callWith({ impersonationLevel: 'impersonate' }),
      );
      const { privileges } = await processToken();
      const granted = levelWith(privileges ?? [], 'impersonate');
      scene.judge(call, judgeLevel(granted, await call.threadToken({ detail: 'brief' })));
    },
  },
];

async function needsSecondAccount(scene: Scene): Promise<string> {
  const { sid } = await scene.client.who();
  if (sid !== (await scene.ownAccount())) return sid;
  throw new NotObservable(
    `needs a second account: the client and the server both run as ${sid} ` +
      '(test/security/identity.test.ts creates one)',
  );
}

async function judgeBlanketOf(
  scene: Scene,
  call: ServerCall,
  asked: 'pkt-integrity' | 'pkt-privacy',
  account: string,
): Promise<void> {
  const { code, value } = await call.attempt('QueryBlanket');
  if (value !== undefined) {
    scene.record(`QueryBlanket’s principal name (${asked})`, value.serverPrincipal ?? 'none');
    scene.record(`QueryBlanket’s capabilities (${asked})`, value.capabilities.join(', ') || 'none');
  }
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
