import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { startNewProcess } from '#lib/ipc/start-new-process.js';
import { argumentsOf, commandLineOf } from '#lib/registration/command-line.js';

import { randomNumbers } from '../support/random.js';

/** Returns the `argv` of a program that is started with this command line. */
async function seenByNode(args: readonly string[], quoted = true): Promise<unknown> {
  const script = 'console.log(JSON.stringify(process.argv.slice(1)))';
  const [program = '', ...line] = commandLineOf(process.execPath, ['-e', script, '--', ...args])
    .slice(1)
    .split('" ');
  const child = startNewProcess(() =>
    spawn(program, quoted ? [line.join('" ')] : ['-e', script, '--', ...args], {
      argv0: `"${program}"`,
      windowsVerbatimArguments: true,
      stdio: ['ignore', 'pipe', 'inherit'],
    }),
  );
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  await once(child, 'close');
  return output === '' ? undefined : JSON.parse(output);
}

describe('a command line', () => {
  const cases: readonly (readonly [argument: string, quoted: string])[] = [
    ['plain', 'plain'],
    ['', '""'],
    ['a b', '"a b"'],
    ['tab\there', '"tab\there"'],
    ['c:\\dir\\', 'c:\\dir\\'],
    ['c:\\a dir\\', '"c:\\a dir\\\\"'],
    ['\\\\server\\a share', '"\\\\server\\a share"'],
    ['say "hi"', '"say \\"hi\\""'],
    ['"', '"\\""'],
    ['\\"', '"\\\\\\""'],
    ['ends with \\\\', '"ends with \\\\\\\\"'],
    ['ü漢字😀', 'ü漢字😀'],
    ['-Embedding', '-Embedding'],
  ];
  for (const [argument, quoted] of cases) {
    it(`contains ${JSON.stringify(argument)} as ${quoted}`, () => {
      assert.equal(commandLineOf('C:\\a b\\node.exe', [argument]), `"C:\\a b\\node.exe" ${quoted}`);
    });
  }

  it('is split into the arguments that it was made from', () => {
    const random = randomNumbers(7);
    const letters = ['a', ' ', '"', '\\', '\t', 'ü', '漢'];
    const any = () =>
      Array.from(
        { length: Math.floor(random() * 8) },
        () => letters[Math.floor(random() * letters.length)],
      ).join('');
    for (let time = 0; time < 2000; ++time) {
      const args = Array.from({ length: Math.floor(random() * 4) }, any);
      const line = commandLineOf('C:\\x y.exe', args);
      assert.deepEqual(argumentsOf(line), ['C:\\x y.exe', ...args], line);
    }
  });

  it('of another program is split by the same rules', () => {
    assert.deepEqual(argumentsOf('C:\\x.exe a"b c"d  "e""f" g\\\\"h i"'), [
      ...['C:\\x.exe', 'ab cd', 'e"f', 'g\\h i'],
    ]);
    assert.deepEqual(argumentsOf('"C:\\a b.exe"'), ['C:\\a b.exe']);
  });

  it('passes exactly these arguments to a program', async () => {
    const args = [
      ...cases.map(([argument]) => argument),
      '%PATH%',
      '^& | <x>',
      "'",
      '\\\\',
      '*.ts',
    ];
    assert.deepEqual(await seenByNode(args), args);
  });

  it('passes other arguments when it has no quotation marks (control)', async () => {
    assert.notDeepEqual(await seenByNode(['a  b'], false), ['a  b']);
  });
});
