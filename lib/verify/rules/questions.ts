// What no documentation says about Windows. A run on Windows answers these questions:
// `npm run answers`. docs/windows.md says how.

/** Where the answer to a question is found. */
export type AnswerSource =
  /** A value that a rule records. */
  | { readonly rule: string; readonly recorded: string }
  /** The verdict on a rule: `holds`, `broken` or `not observable here`. */
  | { readonly rule: string }
  /** A value of an experiment (test/fixtures/experiment.ts), or how its process ended. */
  | { readonly experiment: string; readonly value: string }
  /** Whether the duplicates of a token have their `ModifiedId` in common. */
  | { readonly looks: 'ModifiedId' };

/** What an answer means. */
export interface Meaning {
  /** The answers that have this meaning. `'other'`: any answer that no other meaning has. */
  readonly when: readonly string[] | 'other';
  readonly means: string;

  /** What is to be done next. `null` if nothing is. */
  readonly next: string | null;
}

/** A question that only Windows can answer. */
export interface Question {
  readonly id: string;
  readonly question: string;
  readonly source: AnswerSource;
  readonly meanings: readonly Meaning[];
}

const notAsExpected = 'Read the step in the file before changing anything.';

function settled(when: readonly string[], means: string): Meaning {
  return { when, means, next: null };
}

function other(means: string, next: string): Meaning {
  return { when: 'other', means, next };
}

/** Any answer is fine: the code does not depend on it. */
function anyAnswer(means: string): readonly Meaning[] {
  return [{ when: 'other', means, next: null }];
}

/** The question whether a rule about Windows holds, where the rule says so itself. */
function ruleHolds(rule: string, question: string, unseen: string): Question {
  return {
    id: rule,
    question,
    source: { rule },
    meanings: [
      settled(['holds'], 'Windows does what its documentation says, and async-com relies on it.'),
      other('Nobody has seen it yet.', unseen),
      {
        when: ['broken'],
        means: 'Windows does not do what its documentation says, or async-com reads it wrongly.',
        next: 'Read the rule’s observations. Correct the rule, or the code that relies on it.',
      },
    ],
  };
}

const needsAccount =
  'Run `npm test -- test/security/identity.test.ts` in an elevated console: it creates an account.';

export const questions: readonly Question[] = [
  {
    id: 'apartments',
    question: 'Can a client in another apartment of the server’s process call asynchronously?',
    source: { experiment: 'apartments', value: 'finish' },
    meanings: [
      settled(['S_OK'], 'COM’s call objects work between the apartments of one process.'),
      settled(
        ['createCall: E_NOINTERFACE', 'call: S_OK'],
        'There is no call object for such a client. It calls synchronously.',
      ),
      other(
        'Such a call crashes the process, or fails.',
        'ServerObject::CreateCall must answer E_NOINTERFACE to callers of its own process ' +
          '(native/server/server_object.cpp).',
      ),
    ],
  },
  {
    id: 'failed-begin',
    question: 'What does the client get from a Begin_ that failed at the server?',
    source: { experiment: 'failed-begin', value: 'finish' },
    meanings: [
      settled(
        ['E_ACCESSDENIED'],
        'COM sends the HRESULT of the Begin_ that failed. A Begin_ of async-com need not hide it.',
      ),
      {
        when: ['RPC_E_CALL_COMPLETE'],
        means: 'COM calls Finish_ also after a Begin_ that failed.',
        next: null,
      },
      {
        when: ['not called'],
        means: 'COM waits for Signal after a Begin_ that failed, and the client waits for ever.',
        next:
          'No Begin_ may fail on the system path: stage the failure, signal, and return S_OK ' +
          '(native/server/server_call_object.cpp).',
      },
      other('The client gets a code that nobody expected.', notAsExpected),
    ],
  },
  {
    id: 'modified-id',
    question: 'Do the duplicates of a token have their ModifiedId in common?',
    source: { looks: 'ModifiedId' },
    meanings: [
      settled(['in common'], 'The witnesses recognise a token by its ModifiedId.'),
      settled(
        ['no duplicates'],
        'Every witness opened the token itself, so its id was enough to recognise it.',
      ),
      other(
        'A duplicate gets a ModifiedId of its own. The witnesses compared the user, the level and ' +
          'the logon session instead, which two tokens of one session share.',
        'Say so in lib/verify/scene/token-assertion.ts, and drop ModifiedId there.',
      ),
    ],
  },
  {
    id: 'impersonate-after-signal',
    question: 'With which code does ImpersonateClient fail after Signal?',
    source: { rule: 'IMP-2', recorded: 'ImpersonateClient after Signal' },
    meanings: [
      settled(
        ['E_FAIL', 'RPC_E_CALL_COMPLETE'],
        'It is one of the two codes that async-com expects.',
      ),
      {
        when: ['S_OK'],
        means: 'ImpersonateClient succeeds after Signal: IMP-2 does not hold on Windows.',
        next: 'Nothing else matters before this. Read the observations of IMP-2.',
      },
      other(
        'It fails with another code.',
        'Add the code to docs/api (ServerCall.impersonateClient) and to lib/errors.',
      ),
    ],
  },
  {
    id: 'impersonating-elsewhere',
    question: 'What does IsImpersonating return on another thread of a call that impersonates?',
    source: { rule: 'IMP-9', recorded: 'IsImpersonating on another thread meanwhile' },
    meanings: [
      settled(['false'], 'Windows remembers it for each thread, as the bridge does.'),
      other(
        'Windows remembers it for the call, not for each thread.',
        'Say in the documentation of CallThread.isImpersonating that it is about the call.',
      ),
    ],
  },
  {
    id: 'begin-busy',
    question: 'What does Begin_ return to the client if the server is busy?',
    source: { rule: 'CALL-7', recorded: 'Begin_ if the server is busy' },
    meanings: anyAnswer('Finish_ gives the refusal in either case, and CALL-7 judges that.'),
  },
  {
    id: 'signal-after-release',
    question: 'What does the server’s Signal return after the client has released its call object?',
    source: { rule: 'CALL-9', recorded: 'Signal after the client’s release' },
    meanings: [
      settled(['S_OK'], 'The server does not notice. The result is freed in either case.'),
      other(
        'The server sees that nobody waits for the answer.',
        'Decide whether call.signal() should tell the handler. CALL-9 judges that nothing leaks.',
      ),
    ],
  },
  {
    id: 'cancel',
    question: 'What does Cancel return for a call in progress?',
    source: { rule: 'CALL-13', recorded: 'Cancel' },
    meanings: [
      settled(['S_OK'], 'The documented code: the request was made.'),
      {
        when: ['CO_E_CANCEL_DISABLED'],
        means: 'Windows wants cancelling to be enabled first.',
        next: 'Call CoEnableCallCancellation on the client threads (native/client).',
      },
      other(
        'Another code than the documented ones.',
        'Make ClientCall::Cancel accept it if CALL-13 holds.',
      ),
    ],
  },
  {
    id: 'finish-cancelled',
    question: 'With which code does Finish_ of a cancelled call fail?',
    source: { rule: 'CALL-13', recorded: 'Finish_ of a cancelled call' },
    meanings: [
      settled(
        ['RPC_E_CALL_CANCELED'],
        'The code of async-com’s own call objects: the two behave alike.',
      ),
      settled(['RPC_S_CALL_CANCELLED'], 'The documented code, as an HRESULT.'),
      {
        when: ['0x0000071A'],
        means:
          'The documented code as Windows defines it: a number that does not count as a failure.',
        next: 'ClientCall.finish() and connection.call() must treat 0x71A as a failure.',
      },
      other('Another code.', 'Accept it in CALL-13 and in lib/client if it means cancelled.'),
    ],
  },
  {
    id: 'cancel-twice',
    question: 'What does a second Cancel return?',
    source: { rule: 'CALL-16', recorded: 'a second Cancel' },
    meanings: [
      settled(
        ['RPC_S_CALL_CANCELLED', '0x0000071A', 'RPC_E_CALL_CANCELED'],
        'It says that the call was cancelled before, as documented.',
      ),
      other('It does not say so.', 'Record the code instead of judging it in CALL-16.'),
    ],
  },
  {
    id: 'test-cancel',
    question: 'What does TestCancel return when the call is complete?',
    source: { rule: 'CALL-18', recorded: 'TestCancel of a complete call' },
    meanings: [
      settled(['RPC_E_CALL_COMPLETE'], 'The code of async-com’s own call objects.'),
      settled(['RPC_S_CALLPENDING'], 'The documented code of every call that is not cancelled.'),
      other('Another code.', notAsExpected),
    ],
  },
  {
    id: 'principal',
    question: 'Which principal name does QueryBlanket give?',
    source: { rule: 'SEC-1', recorded: 'QueryBlanket’s principal name (pkt-privacy)' },
    meanings: anyAnswer('It is shown as Blanket.serverPrincipal. Nothing depends on it.'),
  },
  {
    id: 'capabilities',
    question: 'Which capabilities does QueryBlanket give?',
    source: { rule: 'SEC-1', recorded: 'QueryBlanket’s capabilities (pkt-privacy)' },
    meanings: anyAnswer('They are shown as Blanket.capabilities. Nothing depends on them.'),
  },
  {
    id: 'delegate',
    question: 'Which level has the token of a local client that grants delegate?',
    source: { rule: 'SEC-2', recorded: 'the token’s level (delegate)' },
    meanings: [
      settled(['delegation'], 'The documented level.'),
      settled(['impersonation'], 'Without a domain Windows lowers the level.'),
      other('Such a call fails, or gets another level.', 'Say so in docs/security.md.'),
    ],
  },
  ruleHolds('SEC-1', 'Does QueryBlanket name the client and its blanket?', notAsExpected),
  ruleHolds(
    'SEC-2',
    'Does a token have the level that its client grants?',
    'If a caller at anonymous level was refused: the computer does not admit ANONYMOUS LOGON. ' +
      'That is a setting of the computer, and the other levels were as promised.',
  ),
  ruleHolds('SEC-3', 'Does a token at identify level open nothing?', notAsExpected),
  ruleHolds('SEC-4', 'Is the token of another account that account’s?', needsAccount),
  ruleHolds('SEC-5', 'Does cloaking select the identity as documented?', notAsExpected),
  ruleHolds('SEC-6', 'Is a blanket on a call object a blanket of that call alone?', notAsExpected),
  ruleHolds('SEC-7', 'Does COM refuse a caller without access permission?', notAsExpected),
  ruleHolds(
    'SEC-8',
    'Can a client without authentication not be impersonated?',
    'It needs a second computer, if the local transport authenticates every call.',
  ),
  ruleHolds('SEC-9', 'Does SeImpersonatePrivilege decide about the level?', needsAccount),
];
