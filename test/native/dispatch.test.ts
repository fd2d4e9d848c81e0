import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { resolve } from 'node:path';
import { promisify } from 'node:util';

describe('IDispatch of a server object', () => {
  it('survives what no well-behaved client does', async () => {
    const program = resolve('build/tests/build/Release/native_dispatch.exe');
    const { stdout } = await promisify(execFile)(program, { timeout: 20_000 });
    const promises = [
      'finds a name in any case',
      'prefers the exact name',
      'takes the first of two names',
      'knows no other name',
      'knows no empty name',
      'knows no names of arguments',
      'demands the reserved IID for names',
      'refuses a null name',
      'refuses no names',
      'has no properties',
      'demands the reserved IID for calls',
      'refuses named arguments',
      'refuses arguments that are not there',
      'refuses a reference to nothing',
      'refuses a reference to a reference',
      'refuses an unknown type',
      'refuses no parameters',
      'calls no handler when it refuses',
      'answers',
      'answers a client that cannot tell a method from a property',
      'answers a client that wants no result',
      'raises the error of the handler',
      'fails for a client that wants no error',
      'has no type information',
    ];
    assert.deepEqual(
      stdout.trim().split(/\r?\n/),
      promises.map((promise) => `kept ${promise}`),
    );
  });
});
