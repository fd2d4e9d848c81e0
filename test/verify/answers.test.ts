import assert from 'node:assert/strict';

import { type AnswerFile, parseAnswers } from '#lib/verify/answers/answer-file.js';
import { meaningOf, readAnswers } from '#lib/verify/answers/reading.js';
import type { Report, RuleReport } from '#lib/verify/report/report.js';
import { rules } from '#lib/verify/rules/all-rules.js';
import { questions } from '#lib/verify/rules/questions.js';
import { sceneDeadline } from '#lib/verify/scene/run-rule.js';
import { Verification } from '#lib/verify/verification.js';

import { answerFile, settlingAnswer, windowsFile } from '../support/answer-file.js';

describe('the answers of this host', function () {
  this.timeout(4 * sceneDeadline);

  let verify: Report;

  before(async () => {
    await using verification = await Verification.start();
    const reports: RuleReport[] = [];
    for (const { id } of rules) reports.push(await verification.run(id));
    verify = { host: verification.host, rules: reports };
  });

  it('survive the way through a file', () => {
    const file = answerFile(verify);
    assert.deepEqual(parseAnswers(JSON.stringify(file)), JSON.parse(JSON.stringify(file)));
  });

  it('have every value that a rule is said to record', () => {
    for (const { id, source } of questions) {
      if (!('recorded' in source)) continue;
      const report = verify.rules.find((one) => one.id === source.rule);
      assert.ok(report, id);
      // A scene that this host cannot play to its end records less.
      if (report.verdict === 'not observable here') continue;
      const names = report.recorded.map(({ name }) => name);
      assert.ok(names.includes(source.recorded), `${id}: ${names.join(', ')}`);
    }
  });

  it('are answers about Windows only if calls take the system path', function () {
    const { lines, settled } = readAnswers(answerFile(verify));
    const text = lines.join('\n');
    assert.match(text, /rules: \d+ hold, 0 broken, \d+ not observable here; path: /);
    if (verify.host.wine === null) return;
    assert.equal(settled, false);
    assert.match(text, /do: Run `npm run answers` on Windows/);
    assert.match(text, /not answered: RPC_E_CALL_COMPLETE was seen on the path bridge/);
    assert.match(text, /^0 of \d+ questions answered by Windows/m);
  });
});

describe('a file of answers', () => {
  it('asks each question once, about a rule that exists', () => {
    const ids = questions.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    for (const { id, source } of questions) {
      if ('rule' in source)
        assert.ok(
          rules.some((one) => one.id === source.rule),
          id,
        );
    }
    const asked = questions.flatMap(({ source }) => ('rule' in source ? [source.rule] : []));
    for (const { id } of rules) if (id.startsWith('SEC-')) assert.ok(asked.includes(id), id);
  });

  it('leaves nothing to do if every answer is as expected', () => {
    const { lines, settled } = readAnswers(reread(windowsFile()));
    assert.equal(settled, true, lines.join('\n'));
    assert.equal(
      lines.at(-1),
      `${String(questions.length)} of ${String(questions.length)} questions answered by Windows, 0 things to do`,
    );
  });

  for (const question of questions) {
    it(`says what each answer means: ${question.id}`, () => {
      for (const { when, means, next } of question.meanings) {
        const answer = when === 'other' ? 'an answer that nobody expected' : (when[0] ?? '');
        const file = withAnswer(question.id, answer);
        const { lines, settled } = readAnswers(reread(file));
        const at = lines.findIndex((line) => line.startsWith(`${question.id}: `));
        assert.deepEqual(lines.slice(at + 1, at + 3), [`  answer: ${answer}`, `  means: ${means}`]);
        assert.equal(settled, next === null);
        assert.equal(lines[at + 3], next === null ? '' : `  do: ${next}`);
      }
    });

    it(`says if nothing was seen: ${question.id}`, () => {
      const { lines, settled } = readAnswers(reread(withAnswer(question.id, null)));
      assert.equal(settled, false);
      const at = lines.findIndex((line) => line.startsWith(`${question.id}: `));
      assert.match(lines[at + 1] ?? '', /^ {2}not answered: /);
    });
  }

  it('finds the answers in rules, looks and experiments', () => {
    for (const [id, answer] of [
      ['cancel', 'CO_E_CANCEL_DISABLED'],
      ['SEC-3', 'not observable here'],
      ['failed-begin', 'not called'],
      ['modified-id', 'different'],
      ['modified-id', 'no duplicates'],
    ] as const) {
      const found = windowsFile({ [id]: answer }).questions.find((one) => one.id === id);
      assert.deepEqual([found?.answer, found?.path], [answer, 'system']);
    }
  });

  it('tells at which step an experiment failed, and that its process crashed', () => {
    const { verify } = windowsFile();
    const answerOf = (values: Record<string, string> | null, exitCode = '0'): unknown =>
      answerFile(verify, [{ name: 'apartments', exitCode, values }]).questions.find(
        ({ id }) => id === 'apartments',
      )?.answer;
    assert.equal(answerOf({ begin: 'S_OK', wait: 'E_FAIL', path: 'system' }), 'wait: E_FAIL');
    assert.equal(answerOf(null, '0xC0000005'), 'ended with 0xC0000005');
    assert.equal(answerOf({}), null);
    assert.equal(answerOf(null, '1'), null, 'an error of the experiment is no answer');
    const [question] = questions;
    assert.ok(question?.id === 'apartments');
    assert.match(meaningOf(question, 'ended with 0xC0000005').next ?? '', /E_NOINTERFACE/);
  });

  it('answers nothing with calls on another path, such as that of a double', () => {
    const file = windowsFile();
    const doubled = file.questions.map((one) => ({ ...one, path: 'double' }));
    const { lines, settled } = readAnswers(reread({ ...file, questions: doubled }));
    assert.equal(settled, false);
    assert.match(lines.join('\n'), /not answered: E_FAIL was seen on the path double/);
  });

  for (const [what, change, said] of [
    ['a part that failed', { problems: ['set-up: no compiler\nthe rest'] }, /do: Repair .*set-up/],
    ['rules that were not checked', { verify: null }, /do: Make `npm start` run there/],
    ['tests that did not run', { suite: null }, /do: Make `npm test` run there/],
  ] as const) {
    it(`reports ${what}`, () => {
      const { lines, settled } = readAnswers(reread({ ...windowsFile(), ...change }));
      assert.equal(settled, false);
      assert.match(lines.join('\n'), said);
    });
  }

  it('reports rules that are broken, and tests that failed', () => {
    const file = windowsFile();
    assert.ok(file.verify && file.suite);
    const [first, ...others] = file.verify.rules;
    assert.ok(first);
    const broken: RuleReport = { ...first, verdict: 'broken', reason: 'seen absent' };
    const { lines, settled } = readAnswers(
      reread({
        ...file,
        verify: { ...file.verify, rules: [broken, ...others] },
        suite: { ...file.suite, failed: 1, failures: ['a test'] },
      }),
    );
    const text = lines.join('\n');
    assert.equal(settled, false);
    assert.match(text, new RegExp(`broken: ${first.id}: seen absent`));
    assert.match(text, /failed: a test\n {2}skipped: .*\n {2}do: Repair the tests that failed/);
  });
});

const host = { windows: '', wine: null, double: null, callFactoryOnProxies: true };

describe('a file that is not one of answers', () => {
  for (const [what, text, message] of [
    ['is not JSON', 'rules', /^it is not JSON: /],
    ['is another JSON file', '[]', /^it is not an answer file: format must be .*is missing$/],
    ['is a report of verify', '{"host":{}}', /^it is not an answer file: /],
    [
      'has another version',
      changed({ version: 2 }),
      /^version must be 1, which this async-com reads, and is 2$/,
    ],
    ['lacks the questions', changed({ questions: undefined }), /^questions must be an array/],
    ['lacks the versions', changed({ versions: null }), /^versions must be an object, .* null$/],
    ['has no counts', changed({ suite: { passed: '1' } }), /^suite.passed must be a number/],
    [
      'has a rule with another verdict',
      changed({ verify: { host, rules: [{ id: 'IMP-1', verdict: 'fine' }] } }),
      /^verify\.rules\[0\]\.verdict must be one of holds, .*"fine"$/,
    ],
    [
      'has an experiment with other values',
      changed({ experiments: [{ name: 'a', exitCode: '0', values: { a: 1 } }] }),
      /^experiments\[0\]\.values\.a must be a string, and is 1$/,
    ],
  ] as const) {
    it(`is refused with the reason: it ${what}`, () => {
      assert.throws(() => parseAnswers(text), { message });
    });
  }
});

function changed(parts: object): string {
  return JSON.stringify({ ...windowsFile(), ...parts });
}

/** Returns the file as a reader of the JSON gets it. */
function reread(file: AnswerFile): AnswerFile {
  return parseAnswers(JSON.stringify(file));
}

/** Returns a file in which every question but one is settled. */
function withAnswer(id: string, answer: string | null): AnswerFile {
  const file = windowsFile();
  const answers = file.questions.map((one) => ({
    ...one,
    answer: one.id === id ? answer : settlingAnswerOf(one.id),
    path: 'system',
  }));
  return { ...file, questions: answers };
}

function settlingAnswerOf(id: string): string {
  const question = questions.find((one) => one.id === id);
  assert.ok(question, id);
  return settlingAnswer(question);
}
