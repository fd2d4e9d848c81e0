import assert from 'node:assert/strict';

import { importScript } from './scripts.js';

interface TestArguments {
  testArguments(commandLine: readonly string[]): { paths: string[]; long: boolean; args: string[] };
}

const script = (await importScript('common/test-arguments.mjs')) as TestArguments;
const testArguments = (args: readonly string[]) => script.testArguments(args);

describe('the arguments of npm test', () => {
  it('can be files, folders, and options of mocha', () => {
    assert.deepEqual(
      testArguments(['test/value/value.test.ts', '--grep', 'a b', 'test\\verify\\', '-b']),
      { paths: ['value/value.test.ts', 'verify'], long: false, args: ['--grep', 'a b', '--bail'] },
    );
    assert.deepEqual(testArguments([]), { paths: [], long: false, args: [] });
    assert.deepEqual(testArguments(['--long']), { paths: [], long: true, args: [] });
  });

  for (const wrong of ['test/nope.test.ts', 'test/', 'lib', 'test/support/child.ts', 'nonsense']) {
    it(`cannot be ${wrong}`, () => {
      assert.throws(() => testArguments([wrong]), /is neither a test file nor a folder of tests/);
    });
  }

  it('cannot be unknown options', () => {
    assert.throws(() => testArguments(['--frob']), /Unknown option '--frob'/);
  });
});
