import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { witnessesAgree } from '#lib/verify/scene/token-assertion.js';
import type { Report } from '#lib/verify/report/report.js';
import { rules } from '#lib/verify/rules/all-rules.js';

import { testAddonEnv } from '../support/test-addon.js';

interface Ran {
  readonly code: number;
  readonly output: string;
  readonly errors: string;
}

function verify(args: readonly string[], env = process.env): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['dist/cli/main.js', 'verify', ...args],
      { env: { ...env, FORCE_COLOR: '0' } },
      (_, output, errors) => {
        resolve({ code: child.exitCode ?? -1, output, errors });
      },
    );
  });
}

describe('async-com verify', () => {
  it('prints every rule with its verdict and exits with 0', async () => {
    const { code, output, errors } = await verify([]);

    assert.equal(code, 0, output + errors);
    for (const { id, source } of rules) {
      assert.match(output, new RegExp(`│ ${id} +│`));
      assert.ok(output.includes(source.url), source.url);
    }
    const totals = /(\d+) rules: (\d+) hold, 0 broken, (\d+) not observable here/.exec(output);
    const [all, hold, unseen] = (totals ?? []).slice(1).map(Number);
    assert.equal(all, rules.length, output);
    assert.equal((hold ?? 0) + (unseen ?? 0), all);
    assert.ok((hold ?? 0) >= rules.filter(({ id }) => !id.startsWith('SEC-')).length, output);
  });

  it('exits with 1 when a rule is broken, and names it', async () => {
    const { code, output } = await verify(['--rule', 'IMP-2', '--rule', 'IMP-3'], {
      ...testAddonEnv,
      ASYNC_COM_FAULT: 'drop-token-at-signal',
    });

    assert.equal(code, 1, output);
    assert.match(output, /IMP-2 .*holds/);
    assert.match(output, /IMP-3 .*broken/);
    assert.match(output, /2 rules: 1 holds, 1 broken, 0 not observable here/);
  });

  it('writes nothing but JSON to standard output with --json -', async () => {
    const { code, output } = await verify(['--json', '-', '--rule', 'imp-3']);

    assert.equal(code, 0);
    const { host, rules: reports } = JSON.parse(output) as Report;
    assert.equal(host.node, process.versions.node);
    assert.deepEqual(
      reports.map(({ id, verdict }) => [id, verdict]),
      [['IMP-3', 'holds']],
    );
    const look = reports[0]?.observations.find(({ label }) => label === 'after Signal');
    assert.equal(look?.kind, 'look');
    for (const witness of [look.thread, look.otherThread, look.otherProcess]) {
      assert.equal(witness?.state, 'present');
      assert.equal(witness.type, 'impersonation');
      assert.ok(witness.time > 0);
    }
    assert.ok(witnessesAgree(look));
    const absent = reports[0]?.observations.find(({ label }) => label === 'as the call arrives');
    assert.equal(absent?.kind, 'look');
    assert.deepEqual(absent.thread?.error, {
      code: 1008,
      name: 'ERROR_NO_TOKEN',
      function: 'OpenThreadToken',
    });
  });

  it('writes JSON to a file and prints the table as well', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'async-com-'));
    try {
      const file = join(folder, 'report.json');
      const { output } = await verify(['--json', file, '--rule', 'IMP-1']);

      const report = JSON.parse(await readFile(file, 'utf8')) as Report;
      assert.deepEqual(
        report.rules.map(({ id }) => id),
        ['IMP-1'],
      );
      assert.match(output, /IMP-1 .*holds/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('lists the rules with --list', async () => {
    const { code, output } = await verify(['--list']);

    assert.equal(code, 0);
    assert.deepEqual(
      output
        .trim()
        .split(/\r?\n/)
        .map((line) => line.split(/ +/)[0]),
      rules.map(({ id }) => id),
    );
  });

  it('exits with 1 for an unknown rule, and for a file that it cannot write', async () => {
    const noRule = await verify(['--rule', 'IMP-99']);
    assert.equal(noRule.code, 1);
    assert.match(noRule.errors, /There is no rule IMP-99\. Use --list/);

    const noFile = await verify(['--rule', 'IMP-1', '--json', 'no/such/folder/report.json']);
    assert.equal(noFile.code, 1);
    assert.match(noFile.errors, /--json: .*report\.json/);
  });
});
