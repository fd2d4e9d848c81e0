import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { startNewProcess } from '#lib/ipc/start-new-process.js';
import { type ExperimentReport, parseAnswers } from '#lib/verify/answers/answer-file.js';
import { readAnswers } from '#lib/verify/answers/reading.js';
import type { RuleReport } from '#lib/verify/report/report.js';
import { rules } from '#lib/verify/rules/all-rules.js';
import { questions } from '#lib/verify/rules/questions.js';
import { sceneDeadline } from '#lib/verify/scene/run-rule.js';
import { Verification } from '#lib/verify/verification.js';

import { answerFile } from '../support/answer-file.js';
import { doubleEnv } from '../support/test-addon.js';

const script = fileURLToPath(new URL('../fixtures/experiment.js', import.meta.url));

/** Runs an experiment on the double, as `npm run answers -- --double` does. */
async function experimentOnDouble(name: string): Promise<ExperimentReport> {
  const folder = await mkdtemp(join(tmpdir(), 'async-com-'));
  const file = join(folder, 'values.json');
  try {
    const child = startNewProcess(() =>
      spawn(process.execPath, [script, name, file], { env: doubleEnv, stdio: 'ignore' }),
    );
    const [code] = (await once(child, 'exit')) as unknown[];
    const values = JSON.parse(await readFile(file, 'utf8')) as Record<string, string>;
    return { name, exitCode: String(code), values };
  } finally {
    await rm(folder, { recursive: true });
  }
}

// The way from a run to its answers, with a double of COM in place of Windows.
describe('the answers of a double of COM', function () {
  this.timeout(4 * sceneDeadline);

  it('are read from their file, and are never answers of Windows', async () => {
    const reports: RuleReport[] = [];
    await using verification = await Verification.start(doubleEnv);
    for (const { id } of rules) reports.push(await verification.run(id));
    const experiments = [
      await experimentOnDouble('apartments'),
      await experimentOnDouble('failed-begin'),
    ];
    const made = answerFile({ host: verification.host, rules: reports }, experiments);
    const file = parseAnswers(JSON.stringify(made));

    const paths = new Set(file.questions.map(({ path }) => path));
    assert.ok(paths.has('double'));
    assert.ok(!paths.has('system'), JSON.stringify(file.questions, null, 2));

    const { lines, settled } = readAnswers(file);
    const text = lines.join('\n');
    assert.equal(settled, false);
    assert.match(text, /^async-com .* on a double of COM, /);
    assert.match(text, /rules: \d+ hold, 0 broken, \d+ not observable here; path: double/);
    assert.match(text, /do: Run `npm run answers` without `--double`/);
    assert.match(text, new RegExp(`^0 of ${String(questions.length)} questions answered`, 'm'));
    // What the double does shows that the file has what was seen.
    for (const [id, answer] of [
      ['impersonate-after-signal', 'RPC_E_CALL_COMPLETE'],
      ['impersonating-elsewhere', 'false'],
      ['failed-begin', 'E_ACCESSDENIED'],
    ] as const) {
      const at = lines.findIndex((line) => line.startsWith(`${id}: `));
      assert.match(lines[at + 1] ?? '', new RegExp(`${answer} was seen on the path double`));
    }
  });
});
