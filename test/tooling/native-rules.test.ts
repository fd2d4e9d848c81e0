import assert from 'node:assert/strict';

import { importScript } from './scripts.js';

interface Source {
  readonly path: string;
  readonly text: string;
}

interface NativeRules {
  waitsOnAtomics(sources: readonly Source[]): string[];
  includesAgainstTheOrder(sources: readonly Source[]): string[];
}

const rules = (await importScript('lint/native-rules.mjs')) as NativeRules;

const file = (text: string): Source[] => [{ path: 'native/com/any.h', text }];

describe('waitsOnAtomics()', () => {
  for (const [what, text] of [
    ['std::atomic::wait', 'std::atomic<int> state_{0};\nvoid Wait() { state_.wait(1); }'],
    ['std::atomic::notify_all', 'std::atomic<bool> set;\nvoid Set() { set.notify_all(); }'],
    ['std::atomic_flag::wait', 'std::atomic_flag set_;\nvoid Wait() { set_.wait(false); }'],
    ['<latch>', '#include <latch>'],
    ['<semaphore>', '# include <semaphore>'],
    ['std::atomic_wait', 'std::atomic_wait(&state, 1);'],
  ] as const) {
    it(`finds ${what}`, () => {
      assert.equal(rules.waitsOnAtomics(file(text)).length, 1);
    });
  }

  it('allows a wait on a Condition', () => {
    const text =
      'std::atomic<int> state_{0};\nCondition changed_;\nvoid Wait() { changed_.wait(lock, done); }';
    assert.deepEqual(rules.waitsOnAtomics(file(text)), []);
  });
});

describe('includesAgainstTheOrder()', () => {
  const found = (path: string, text: string): string[] =>
    rules.includesAgainstTheOrder([{ path, text }]);

  for (const [what, path, text] of [
    ['an include of a later room', 'native/com/any.h', '#include "security/token.h"'],
    [
      'an include of testing/ in the product',
      'native/server/any.cpp',
      '#include "testing/fault.h"',
    ],
    ['Node-API outside node/', 'native/client/any.cpp', '#include <napi.h>'],
    ['a file in no room', 'native/any.cpp', '// nothing'],
  ] as const) {
    it(`finds ${what}`, () => {
      assert.equal(found(path, text).length, 1);
    });
  }

  it('allows a room to include itself, earlier rooms and system headers', () => {
    const text = '#include "server/ledger.h"\n#include "com/lock.h"\n#include <windows.h>';
    assert.deepEqual(found('native/server/any.cpp', text), []);
    assert.deepEqual(found('native/testing/any.cpp', '#include <napi.h>'), []);
  });
});
