import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { skip } from '../support/skip.js';
import { root } from './scripts.js';

const sanitizers = {
  'AddressSanitizer and UBSan': '-fsanitize=address,undefined',
  ThreadSanitizer: '-fsanitize=thread',
} as const;

/** What each sanitizer must report of a program that it does not accept. */
const reports: Readonly<Record<keyof typeof sanitizers, RegExp>> = {
  'AddressSanitizer and UBSan': /ERROR: AddressSanitizer: heap-use-after-free/,
  ThreadSanitizer: /WARNING: ThreadSanitizer: data race/,
};

/** Broken ledgers in test/native/ledger.cpp that keep each promise but do what a sanitizer reports. */
const brokenLedgers: Readonly<Record<keyof typeof sanitizers, string>> = {
  'AddressSanitizer and UBSan': 'uses-calls-that-left',
  ThreadSanitizer: 'counts-without-lock',
};

/** Programs that do what a sanitizer reports. */
const wrongs: Readonly<Record<keyof typeof sanitizers, string>> = {
  'AddressSanitizer and UBSan': `
    int main() {
      int* gone = new int(1);
      delete gone;
      return *static_cast<volatile int*>(gone);
    }`,
  ThreadSanitizer: `
    #include <thread>
    int main() {
      int shared = 0;
      std::thread other([&] { ++shared; });
      ++shared;
      other.join();
    }`,
};

// The parts of the addon that need no Windows, built for Linux.
describe('the C++ that needs no Windows', function () {
  this.timeout(120_000);
  let folder = '';

  before(function () {
    if (process.platform === 'win32') skip(this, 'GCC for Linux has the sanitizers');
    const { error } = spawnSync('g++', ['--version']);
    if (error) skip(this, 'g++ is not installed; npm run lint installs it');
    folder = mkdtempSync(path.join(tmpdir(), 'async-com-sanitizers-'));
  });

  after(() => {
    if (folder !== '') rmSync(folder, { recursive: true });
  });

  function build(sanitizer: string, ...sources: string[]): string {
    const program = path.join(folder, 'program');
    const includes = ['test/native/linux', 'native'].map((one) => `-I${path.join(root, one)}`);
    const flags = ['-std=c++20', '-g', '-O1', '-pthread', '-fno-sanitize-recover=all', sanitizer];
    const built = spawnSync('g++', [...flags, ...includes, ...sources, '-o', program], {
      encoding: 'utf8',
    });
    assert.equal(built.status, 0, built.stderr);
    return program;
  }

  function run(program: string, ...args: string[]) {
    const options = { encoding: 'utf8', timeout: 60_000 } as const;
    const { status, stdout, stderr } = spawnSync(program, args, options);
    return { status, said: stdout.trim(), stderr };
  }

  for (const name of ['AddressSanitizer and UBSan', 'ThreadSanitizer'] as const) {
    const flag = sanitizers[name];

    it(`has a gate in which ${name} finds nothing`, () => {
      const gate = run(build(flag, path.join(root, 'test/native/gate.cpp')), '5000');
      assert.deepEqual([gate.status, gate.said], [0, '5000 rounds'], gate.stderr);
      assert.equal(gate.stderr, '');
    });

    it(`has a state of calls in which ${name} finds nothing`, () => {
      const state = run(build(flag, path.join(root, 'test/native/call_state.cpp')));
      assert.equal(state.status, 0, state.stderr);
      assert.match(state.said, /^\d+ orders$/);
      assert.equal(state.stderr, '');
    });

    describe(`the ledger, under ${name}`, () => {
      let program: string;

      before(() => {
        const sources = ['test/native/ledger.cpp', 'native/server/ledger.cpp'];
        program = build(flag, ...sources.map((source) => path.join(root, source)));
      });

      it('does nothing that is reported', () => {
        const ledger = run(program, '300');
        assert.deepEqual(
          [ledger.status, ledger.said],
          [0, '13 promises, 300 rounds'],
          ledger.stderr,
        );
        assert.equal(ledger.stderr, '');
      });

      it('does not pass when it is broken (control)', () => {
        const broken = run(program, '300', brokenLedgers[name]);
        assert.notEqual(broken.status, 0, broken.said);
        assert.match(broken.stderr, reports[name]);
      });
    });

    it(`is not all that ${name} accepts (control)`, () => {
      const source = path.join(folder, 'wrong.cpp');
      writeFileSync(source, wrongs[name]);
      const { status, stderr } = run(build(flag, source));
      assert.notEqual(status, 0);
      assert.match(stderr, reports[name]);
    });
  }
});
