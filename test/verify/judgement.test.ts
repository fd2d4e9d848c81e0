import assert from 'node:assert/strict';

import {
  type Judgement,
  distinctivePrivilege,
  judgeAccount,
  judgeBlanket,
  judgeCallObject,
  judgeCloaking,
  judgeLevel,
  judgeOpening,
  judgeRefusal,
  judgeUnauthenticated,
} from '#lib/verify/scene/judgement.js';
import { type Blanket, blanketOf } from '#lib/security/blanket.js';
import type { NativeBlanket } from '#lib/native/security.js';
import type { Outcome } from '#lib/native/outcome.js';
import type { ThreadToken, TokenDescription } from '#lib/native/token-description.js';

// The rules about security are about Windows, where nothing of ours can break them: what judges
// them is fed with what is right, and then with every way to be wrong.

const proxy: NativeBlanket = {
  authnService: 10,
  authzService: 0,
  authnLevel: 6,
  impersonationLevel: 2,
  capabilities: 0,
  serverPrincipal: null,
  client: null,
};

/** What a server is told of a client. */
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
      ['no level', judgeBlanket('pkt', 'DOMAIN\\ada', blanket({ authnLevel: 77 }))],
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
    ],
    wrong: [
      ['more than was granted', judgeLevel('identify', seen('present'))],
      ['less', judgeLevel('impersonate', seen('present', { level: 'identification' }))],
      ['no token', judgeLevel('identify', seen('absent'))],
      ['a token that can be opened', judgeLevel('anonymous', seen('present'))],
    ],
  },
  {
    rule: 'SEC-3',
    right: [judgeOpening(opened('ERROR_BAD_IMPERSONATION_LEVEL'))],
    wrong: [
      ['it opens', judgeOpening(opened('S_OK'))],
      ['it fails for another reason', judgeOpening(opened('E_ACCESSDENIED'))],
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
      ['the thread’s shows uncloaked', judgeCloaking('none', 'the process’s', ofThread)],
      ['the process’s shows cloaked', judgeCloaking('static', 'the thread’s', ofProcess)],
      ['no token', judgeCloaking('static', 'the thread’s', seen('absent'))],
      ['not told', judgeCloaking('static', 'the thread’s', seen('present', { privileges: null }))],
    ],
  },
  {
    rule: 'SEC-6',
    right: [judgeCallObject('impersonate', { before: proxy, after: raised, proxyAfter: proxy })],
    wrong: [
      [
        'nothing set',
        judgeCallObject('impersonate', { before: proxy, after: proxy, proxyAfter: proxy }),
      ],
      [
        'the proxy, too',
        judgeCallObject('impersonate', { before: proxy, after: raised, proxyAfter: raised }),
      ],
    ],
  },
  {
    rule: 'SEC-7',
    right: [judgeRefusal('E_ACCESSDENIED', 0)],
    wrong: [
      ['it is answered', judgeRefusal('S_OK', 1)],
      ['a handler has run', judgeRefusal('E_ACCESSDENIED', 1)],
      ['it fails otherwise', judgeRefusal('REGDB_E_CLASSNOTREG', 0)],
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
        'it impersonates',
        judgeUnauthenticated({
          impersonate: 'S_OK',
          failed: false,
          onThread: 'absent',
          fromOtherThread: 'absent',
        }),
      ],
      [
        'a token appears',
        judgeUnauthenticated({
          impersonate: 'E_FAIL',
          failed: true,
          onThread: 'anonymous',
          fromOtherThread: 'anonymous',
        }),
      ],
      [
        'another thread sees one',
        judgeUnauthenticated({
          impersonate: 'E_FAIL',
          failed: true,
          onThread: 'absent',
          fromOtherThread: 'present',
        }),
      ],
    ],
  },
];

for (const { rule, right, wrong } of controls) {
  describe(`what judges ${rule}`, () => {
    it('takes what is right', () => {
      for (const judgement of right) assert.ok(holds(judgement), JSON.stringify(judgement));
    });

    for (const [what, judgement] of wrong) {
      it(`sees what is wrong: ${what}`, () => {
        assert.ok(!holds(judgement), JSON.stringify(judgement));
      });
    }
  });
}
