import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { skip } from '../support/skip.js';
import { skipWithoutMicrosoftSdk } from './microsoft-sdk.js';
import { importScript, replaceOnce, root } from './scripts.js';

const facts = readFileSync(path.join(root, 'test/native/generated/windows_facts.h'), 'utf8');

/** A fact of each kind, a wrong one, and what a compiler says of the wrong one. */
const wrongs = [
  ['CONSTANT(E_FAIL, -2147467259)', 'CONSTANT(E_FAIL, -2147467258)', /E_FAIL/],
  ['INTERFACE(ISynchronize, 0x00000030,', 'INTERFACE(ISynchronize, 0x00000031,', /ISynchronize/],
  ['METHOD(ISynchronize, Signal, 4)', 'METHOD(ISynchronize, Signal, 5)', /ISynchronize::Signal/],
] as const;

interface Result {
  readonly ok: boolean;
  readonly messages: string;
}

type Compile = (source: string, isC: boolean) => Promise<Result>;

function withMingw(source: string, isC: boolean): Promise<Result> {
  const compiler = `x86_64-w64-mingw32-${isC ? 'gcc' : 'g++'}-posix`;
  const standard = isC ? '-std=c11' : '-std=c++20';
  const { status, stderr } = spawnSync(
    compiler,
    [standard, '-fsyntax-only', '-D_WIN32_WINNT=0x0A00', `-I${root}/native`, source],
    { encoding: 'utf8' },
  );
  return Promise.resolve({ ok: status === 0, messages: stderr });
}

async function withMicrosoftsHeaders(source: string, isC: boolean): Promise<Result> {
  const { runClang } = (await importScript('microsoft-sdk/clang.mjs')) as {
    runClang: (compilation: object) => Promise<Result>;
  };
  const language = isC ? 'c' : 'c++';
  return runClang({ processor: 'x64', language, args: ['-fsyntax-only', source] });
}

describe('what the sources take from Windows’s headers', function () {
  this.timeout(60_000);
  let folder = '';

  before(function () {
    if (process.platform === 'win32') skip(this, 'the build compiles it');
    mkdirSync(path.join(root, '.cache'), { recursive: true });
    folder = mkdtempSync(path.join(root, '.cache/windows-facts-test-'));
    mkdirSync(path.join(folder, 'generated'));
    for (const name of ['windows_facts.cpp', 'windows_tables.c']) {
      cpSync(path.join(root, 'test/native', name), path.join(folder, name));
    }
  });

  after(() => {
    if (folder) rmSync(folder, { recursive: true });
  });

  async function compiled(compile: Compile, list: string): Promise<Result> {
    writeFileSync(path.join(folder, 'generated/windows_facts.h'), list);
    const results = [
      await compile(path.join(folder, 'windows_facts.cpp'), false),
      await compile(path.join(folder, 'windows_tables.c'), true),
    ];
    return {
      ok: results.every(({ ok }) => ok),
      messages: results.map(({ messages }) => messages).join(''),
    };
  }

  for (const [headers, compile] of [
    ['mingw-w64', withMingw],
    ['Microsoft', withMicrosoftsHeaders],
  ] as const) {
    describe(`compiled with the headers of ${headers}`, () => {
      before(async function () {
        if (headers === 'Microsoft') await skipWithoutMicrosoftSdk(this);
      });

      it('agrees with them', async () => {
        const { ok, messages } = await compiled(compile, facts);
        assert.ok(ok, messages);
      });

      for (const [right, wrong, said] of wrongs) {
        it(`does not agree with them as ${wrong}… (control)`, async () => {
          const { ok, messages } = await compiled(compile, replaceOnce(facts, right, wrong));
          assert.ok(!ok);
          assert.match(messages, said);
        });
      }
    });
  }
});

describe('the comparison of the names of error codes with Microsoft’s', () => {
  it('finds other values, unknown names, and codes of COM without a name', async () => {
    const { differences } = (await importScript('microsoft-sdk/hresult-names.mjs')) as {
      differences: (ours: Map<string, number>, theirs: Map<string, number>) => string[];
    };
    const theirs = new Map([
      ['E_FAIL', -2147467259],
      ['CO_E_NEW', -2147418047],
      ['CO_E_FIRST', -2147221008],
      ['ERROR_OTHER', 9],
    ]);
    const found = (ours: [string, number][]) => differences(new Map(ours), theirs);
    assert.deepEqual(
      found([
        ['E_FAIL', 0x80004005],
        ['CO_E_NEW', 0x80010041],
      ]),
      [],
    );
    assert.deepEqual(
      found([
        ['E_FAIL', 0x80004006],
        ['E_MINE', 1],
      ]),
      [
        "E_FAIL: 0x80004006 in the table, 0x80004005 in Microsoft's winerror.h",
        "E_MINE: Microsoft's winerror.h does not define it",
        'CO_E_NEW: 0x80010041 has no name in the table (scripts/generated/winerror.mjs)',
      ],
    );
  });
});

describe('npm run check:sdk without the .NET SDK', function () {
  this.timeout(20_000);

  const run = (...args: string[]) => {
    const script = path.join(root, 'scripts/check-sdk.mjs');
    const { status, stderr } = spawnSync(process.execPath, [script, ...args], {
      env: { ...process.env, PATH: '' },
      encoding: 'utf8',
    });
    return { status, stderr };
  };

  it('fails, and says what to install', () => {
    const { status, stderr } = run();
    assert.equal(status, 1, stderr);
    assert.match(stderr, /dotnet.* is not on the PATH\n {2}Install the \.NET SDK/);
  });

  it('is skipped with the reason if --if-possible is given', () => {
    const { status, stderr } = run('--if-possible');
    assert.equal(status, 0, stderr);
    assert.match(stderr, /skipped: .*dotnet.* is not on the PATH/);
  });
});
