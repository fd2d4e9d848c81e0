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

  function run(source: string, sanitizer: string, ...args: string[]) {
    const program = path.join(folder, 'program');
    const includes = ['test/native/linux', 'native'].map((one) => `-I${path.join(root, one)}`);
    const flags = ['-std=c++20', '-g', '-O1', '-pthread', '-fno-sanitize-recover=all', sanitizer];
    const built = spawnSync('g++', [...flags, ...includes, source, '-o', program], {
      encoding: 'utf8',
    });
    assert.equal(built.status, 0, built.stderr);
    const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8' });
    return { status, said: stdout.trim(), stderr };
  }

  for (const [name, flag] of Object.entries(sanitizers)) {
    it(`has a gate in which ${name} finds nothing`, () => {
      const gate = run(path.join(root, 'test/native/gate.cpp'), flag, '5000');
      assert.deepEqual([gate.status, gate.said], [0, '5000 rounds'], gate.stderr);
      assert.equal(gate.stderr, '');
    });

    it(`has a state of calls in which ${name} finds nothing`, () => {
      const state = run(path.join(root, 'test/native/call_state.cpp'), flag);
      assert.equal(state.status, 0, state.stderr);
      assert.match(state.said, /^\d+ orders$/);
      assert.equal(state.stderr, '');
    });

    it(`is not all that ${name} accepts (control)`, () => {
      const source = path.join(folder, 'wrong.cpp');
      writeFileSync(source, wrongs[name as keyof typeof sanitizers]);
      const { status, stderr } = run(source, flag);
      assert.notEqual(status, 0);
      assert.match(stderr, /ERROR: AddressSanitizer|WARNING: ThreadSanitizer/);
    });
  }
});
