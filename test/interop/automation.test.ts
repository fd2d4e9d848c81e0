import assert from 'node:assert/strict';

import { connect } from 'async-com';

import { RegisteredModule } from '../support/registered-module.js';
import { ScriptHost } from '../support/script-host.js';

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

let scripts: ScriptHost;

describe('a server that is called late bound', function () {
  this.timeout(60_000);

  let registered: RegisteredModule;

  before(async () => {
    scripts = new ScriptHost(progId);
    registered = await RegisteredModule.register({
      progId,
      methods,
      serveOptions: { idle: 1000, linger: 50 },
    });
  });

  after(async () => {
    await registered[Symbol.asyncDispose]();
    scripts[Symbol.dispose]();
  });

  it('answers VBScript', async () => {
    const lines = await scripts.vbscript(`
Say server.add(2, 3)
Say server.join("a", 1.5, True)
Say VarType(server.nothing())
Say UBound(server.list())
Say server.kinds(Null, Empty, "text", 7)`);
    assert.deepEqual(lines, ['5', 'a 1.5 true', '0', '2', 'null undefined string number']);
  });

  it('answers JScript', async () => {
    const lines = await scripts.jscript(`
say(server.add(2, 3));
say(server.join('a', 1.5, true));
say(server.kinds(null, undefined, 'text', 7));`);
    assert.deepEqual(lines, ['5', 'a 1.5 true', 'null undefined string number']);
  });

  it('finds its methods whatever their case, and prefers the exact name', async () => {
    const lines = await scripts.jscript(`
say(server.ADD(2, 3));
say(server.Twice() + ' ' + server.twice() + ' ' + server.TWICE());`);
    assert.deepEqual(lines, ['5', 'Twice twice Twice']);
  });

  it('gives the value that a variable has, and what is left out as undefined', async () => {
    const lines = await scripts.vbscript(`
a = 40
b = 2
Say server.add(a, b)
Say server.join("first", , "third")`);
    assert.deepEqual(lines, ['42', 'first - third']);
  });

  it('raises the error of the handler', async () => {
    const lines = await scripts.vbscript(`
On Error Resume Next
server.fail
Say Hex(Err.Number) & " " & Err.Source & ": " & Err.Description`);
    assert.deepEqual(lines, [`80070002 ${progId}: as asked`]);
  });

  it('has no other members, and no properties', async () => {
    const lines = await scripts.vbscript(`
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
    const [line] = await scripts.vbscript('\nSay server.who()');
    assert.equal(line, 'who bridge present');
  });

  it('answers other clients of the same process at the same time', async () => {
    using connection = await connect(progId);
    const [sum, lines] = await Promise.all([
      connection.call('add', 1, 2),
      scripts.vbscript('\nSay server.add(3, 4)'),
    ]);
    assert.deepEqual([sum, lines], [3, ['7']]);
  });
});
