import assert from 'node:assert/strict';

import {
  type Judgement,
  distinctivePrivilege,
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
} from '#lib/verify/scene/judgement.js';
import { type Blanket, blanketOf } from '#lib/security/blanket.js';
import type { NativeBlanket } from '#lib/native/security.js';
import type { Outcome } from '#lib/native/outcome.js';
import type { ThreadToken, TokenDescription } from '#lib/native/token-description.js';

// The rules about security describe Windows, so no fault can break most of them. Instead, these
// tests give the functions that judge them correct observations, and then every kind of wrong one.

const proxy: NativeBlanket = {
  authnService: 10,
  authzService: 0,
  authnLevel: 6,
  impersonationLevel: 2,
  capabilities: 0,
  serverPrincipal: null,
  client: null,
};

/** A client's blanket as the server sees it. */
function blanket(other: Partial<NativeBlanket> = {}): Blanket {
  return blanketOf({ ...proxy, impersonationLevel: null, client: 'DOMAIN\\ada', ...other });
}

function seen(
  state: ThreadToken['state'],
  token: Partial<Pick<TokenDescription, 'level' | 'privileges' | 'user'>> = {},
): ThreadToken {
  const described = { level: 'impersonation', privileges: [], ...token } as TokenDescription;
  return {
    state,
    threadId: 1,
    error: null,
    time: 1n,
    token: state === 'present' ? described : null,
  };
}

function opened(code: string): Outcome {
  return { hresult: 0, code, failure: null, operation: 'CreateFileW', threadId: 1, time: 1n };
}

function privilege(name: string): { name: string; enabled: boolean; enabledByDefault: boolean } {
  return { name, enabled: true, enabledByDefault: true };
}

function holds(judgements: Judgement | readonly Judgement[]): boolean {
  return [judgements].flat().every(({ ok }) => ok);
}

interface Control {
  readonly rule: string;
  readonly right: readonly (Judgement | Judgement[])[];
  readonly wrong: readonly (readonly [what: string, judgement: Judgement | Judgement[]])[];
}

const ofProcess = seen('present', { privileges: [privilege(distinctivePrivilege)] });
const ofThread = seen('present', { privileges: [privilege('SeShutdownPrivilege')] });
const mayImpersonate = privilege('SeImpersonatePrivilege');
const raised = { ...proxy, impersonationLevel: 3 };

const controls: readonly Control[] = [
  {
    rule: 'SEC-1',
    right: [
      judgeBlanket('pkt-privacy', 'DOMAIN\\ada', blanket()),
      judgeBlanket('pkt-integrity', 'domain\\ADA', blanket()),
      judgeBlanket('pkt-integrity', 'DOMAIN\\ada', blanket({ authnService: 16, authnLevel: 5 })),
    ],
    wrong: [
      ['no service', judgeBlanket('pkt', 'DOMAIN\\ada', blanket({ authnService: 0 }))],
      ['a lower level', judgeBlanket('pkt-privacy', 'DOMAIN\\ada', blanket({ authnLevel: 5 }))],
      ['an unknown level', judgeBlanket('pkt', 'DOMAIN\\ada', blanket({ authnLevel: 77 }))],
      ['another account', judgeBlanket('pkt', 'DOMAIN\\eve', blanket())],
      ['no account', judgeBlanket('pkt', 'DOMAIN\\ada', blanket({ client: null }))],
    ],
  },
  {
    rule: 'SEC-2',
    right: [
      judgeLevel('anonymous', seen('anonymous')),
      judgeLevel('identify', seen('present', { level: 'identification' })),
      judgeLevel('impersonate', seen('present', { level: 'impersonation' })),
      judgeAnonymous({ impersonate: 'S_OK', onThread: 'anonymous' }),
    ],
    wrong: [
      ['more than was granted', judgeLevel('identify', seen('present'))],
      ['a lower level', judgeLevel('impersonate', seen('present', { level: 'identification' }))],
      ['no token', judgeLevel('identify', seen('absent'))],
      ['a token that can be opened', judgeLevel('anonymous', seen('present'))],
      [
        'an anonymous client’s token that can be opened',
        judgeAnonymous({ impersonate: 'S_OK', onThread: 'present' }),
      ],
      [
        'no token of an anonymous client',
        judgeAnonymous({ impersonate: 'E_FAIL', onThread: 'absent' }),
      ],
    ],
  },
  {
    rule: 'SEC-3',
    right: [judgeOpening(opened('ERROR_BAD_IMPERSONATION_LEVEL'))],
    wrong: [
      ['a file that can be opened', judgeOpening(opened('S_OK'))],
      ['another error', judgeOpening(opened('E_ACCESSDENIED'))],
    ],
  },
  {
    rule: 'SEC-4',
    right: [
      judgeAccount(
        'S-1-5-21-7',
        seen('present', { user: { sid: 'S-1-5-21-7', domain: null, name: null } }),
      ),
    ],
    wrong: [
      [
        'another account',
        judgeAccount(
          'S-1-5-21-7',
          seen('present', { user: { sid: 'S-1-5-21-8', domain: null, name: null } }),
        ),
      ],
      ['no token', judgeAccount('S-1-5-21-7', seen('absent'))],
    ],
  },
  {
    rule: 'SEC-5',
    right: [
      judgeCloaking('none', 'the process’s', ofProcess),
      judgeCloaking('static', 'the thread’s', ofThread),
    ],
    wrong: [
      ['the thread’s token without cloaking', judgeCloaking('none', 'the process’s', ofThread)],
      ['the process’s token with cloaking', judgeCloaking('static', 'the thread’s', ofProcess)],
      ['no token', judgeCloaking('static', 'the thread’s', seen('absent'))],
      [
        'unknown privileges',
        judgeCloaking('static', 'the thread’s', seen('present', { privileges: null })),
      ],
    ],
  },
  {
    rule: 'SEC-6',
    right: [judgeCallObject('impersonate', { before: proxy, after: raised, proxyAfter: proxy })],
    wrong: [
      [
        'a blanket that was not set',
        judgeCallObject('impersonate', { before: proxy, after: proxy, proxyAfter: proxy }),
      ],
      [
        'a blanket that was also set on the proxy',
        judgeCallObject('impersonate', { before: proxy, after: raised, proxyAfter: raised }),
      ],
    ],
  },
  {
    rule: 'SEC-7',
    right: [judgeRefusal('E_ACCESSDENIED', 0)],
    wrong: [
      ['an answer', judgeRefusal('S_OK', 1)],
      ['a handler that has run', judgeRefusal('E_ACCESSDENIED', 1)],
      ['another error than E_ACCESSDENIED', judgeRefusal('REGDB_E_CLASSNOTREG', 0)],
    ],
  },
  {
    rule: 'SEC-8',
    right: [
      judgeUnauthenticated({
        impersonate: 'RPC_E_ACCESS_DENIED',
        failed: true,
        onThread: 'absent',
        fromOtherThread: 'absent',
      }),
    ],
    wrong: [
      [
        'a successful impersonation',
        judgeUnauthenticated({
          impersonate: 'S_OK',
          failed: false,
          onThread: 'absent',
          fromOtherThread: 'absent',
        }),
      ],
      [
        'a token on the thread',
        judgeUnauthenticated({
          impersonate: 'E_FAIL',
          failed: true,
          onThread: 'anonymous',
          fromOtherThread: 'anonymous',
        }),
      ],
      [
        'a token that only another thread sees',
        judgeUnauthenticated({
          impersonate: 'E_FAIL',
          failed: true,
          onThread: 'absent',
          fromOtherThread: 'present',
        }),
      ],
    ],
  },
  {
    rule: 'SEC-9',
    right: [
      judgeLevel(levelWith([mayImpersonate], 'impersonate'), seen('present')),
      judgeLevel(levelWith([], 'impersonate'), seen('present', { level: 'identification' })),
    ],
    wrong: [
      [
        'more than a server without the privilege may have',
        judgeLevel(levelWith([], 'impersonate'), seen('present')),
      ],
      [
        'a privilege that is not enabled',
        judgeLevel(
          levelWith([{ ...mayImpersonate, enabled: false }], 'impersonate'),
          seen('present'),
        ),
      ],
      [
        'less than the client grants to a server with the privilege',
        judgeLevel(
          levelWith([mayImpersonate], 'impersonate'),
          seen('present', { level: 'identification' }),
        ),
      ],
    ],
  },
];

for (const { rule, right, wrong } of controls) {
  describe(`the judgement of ${rule}`, () => {
    it('accepts correct observations', () => {
      for (const judgement of right) assert.ok(holds(judgement), JSON.stringify(judgement));
    });

    for (const [what, judgement] of wrong) {
      it(`rejects a wrong observation: ${what}`, () => {
        assert.ok(!holds(judgement), JSON.stringify(judgement));
      });
    }
  });
}
