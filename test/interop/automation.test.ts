import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { connect } from 'async-com';

import { startNewProcess } from '#lib/ipc/start-new-process.js';

import { RegisteredModule } from '../support/registered-module.js';
import { within } from '../support/within.js';

// Late-bound clients: scripts that know no interface, and call by IDispatch. The engines are those of
// the host: Windows's, or Wine's own.

const progId = 'AsyncCom.Automation';

const methods = `
  add: (call, a, b) => a + b,
  join: (call, ...all) => all.map((one) => (one === undefined ? '-' : String(one))).join(' '),
  kinds: (call, ...all) => all.map((one) => (one === null ? 'null' : typeof one)).join(' '),
  nothing: () => undefined,
  list: () => [1, 'two', null],
  fail() {
    throw Object.assign(new Error('as asked'), { hresult: 0x80070002 });
  },
  who: async (call) => {
    await call.impersonateClient();
    const { state } = await call.threadToken();
    return [call.method, call.path, state].join(' ');
  },
  Twice: () => 'Twice',
  twice: () => 'twice',
`;

let folder = '';
let scripts = 0;

/** Runs a script, and returns the lines that it printed. */
async function run(extension: 'vbs' | 'js', script: string): Promise<string[]> {
  const file = join(folder, `${String(++scripts)}.${extension}`);
  writeFileSync(file, script);
  // For a single-threaded apartment Wine starts a desktop process, which would inherit the script's
  // standard output and keep it open. So the script writes to a file.
  const output = `${file}.txt`;
  const host = startNewProcess(() =>
    spawn('cscript.exe', ['//nologo', file, output], { stdio: 'ignore' }),
  );
  await within(20_000, once(host, 'exit'), 'the end of the script');
  return readFileSync(output, 'utf8').replaceAll('\r', '').trimEnd().split('\n');
}

const files = 'Scripting.FileSystemObject';

function vbscript(script: string): Promise<string[]> {
  const start = `
Set output = CreateObject("${files}").CreateTextFile(WScript.Arguments(0))
Sub Say(text)
  output.WriteLine text
End Sub
Set server = CreateObject("${progId}")`;
  return run('vbs', (start + script).replaceAll('\n', '\r\n'));
}

function jscript(script: string): Promise<string[]> {
  const start = `
var output = new ActiveXObject("${files}").CreateTextFile(WScript.Arguments(0));
function say(text) { output.WriteLine(text); }
var server = new ActiveXObject("${progId}");`;
  return run('js', start + script);
}

describe('a server that is called late bound', function () {
  this.timeout(60_000);

  let registered: RegisteredModule;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'async-com-'));
    registered = await RegisteredModule.register({
      progId,
      methods,
      serveOptions: { idle: 1000, linger: 50 },
    });
  });

  after(async () => {
    await registered[Symbol.asyncDispose]();
    rmSync(folder, { recursive: true, maxRetries: 5 });
  });

  it('answers VBScript', async () => {
    const lines = await vbscript(`
Say server.add(2, 3)
Say server.join("a", 1.5, True)
Say VarType(server.nothing())
Say UBound(server.list())
Say server.kinds(Null, Empty, "text", 7)`);
    assert.deepEqual(lines, ['5', 'a 1.5 true', '0', '2', 'null undefined string number']);
  });

  it('answers JScript', async () => {
    const lines = await jscript(`
say(server.add(2, 3));
say(server.join('a', 1.5, true));
say(server.kinds(null, undefined, 'text', 7));`);
    assert.deepEqual(lines, ['5', 'a 1.5 true', 'null undefined string number']);
  });

  it('finds its methods whatever their case, and prefers the exact name', async () => {
    const lines = await jscript(`
say(server.ADD(2, 3));
say(server.Twice() + ' ' + server.twice() + ' ' + server.TWICE());`);
    assert.deepEqual(lines, ['5', 'Twice twice Twice']);
  });

  it('gives the value that a variable has, and what is left out as undefined', async () => {
    const lines = await vbscript(`
a = 40
b = 2
Say server.add(a, b)
Say server.join("first", , "third")`);
    assert.deepEqual(lines, ['42', 'first - third']);
  });

  it('raises the error of the handler', async () => {
    const lines = await vbscript(`
On Error Resume Next
server.fail
Say Hex(Err.Number) & " " & Err.Source & ": " & Err.Description`);
    assert.deepEqual(lines, [`80070002 ${progId}: as asked`]);
  });

  it('has no other members, and no properties', async () => {
    const lines = await vbscript(`
On Error Resume Next
server.missing
Say Err.Number
Err.Clear
server.add = 5
Say Err.Number
Err.Clear
server.toString
Say Err.Number`);
    // 438: the object does not support this property or method.
    assert.deepEqual(lines, ['438', '438', '438']);
  });

  it('can impersonate the script, as any other client', async () => {
    const [line] = await vbscript('\nSay server.who()');
    assert.equal(line, 'who bridge present');
  });

  it('answers other clients of the same process at the same time', async () => {
    using connection = await connect(progId);
    const [sum, lines] = await Promise.all([
      connection.call('add', 1, 2),
      vbscript('\nSay server.add(3, 4)'),
    ]);
    assert.deepEqual([sum, lines], [3, ['7']]);
  });
});
