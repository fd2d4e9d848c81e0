import assert from 'node:assert/strict';

import { RegisteredModule } from '../support/registered-module.js';
import { ScriptHost } from '../support/script-host.js';

// Classes, as scripts use them.

const progId = 'AsyncCom.Classes';

const more = `
import { automation, ComError, method, property, t } from '${import.meta.resolve('async-com')}';

class Base {
  whoAmI() {
    return this.constructor.name;
  }
}

class Counter extends Base {
  static #made = 0;
  static [automation] = {
    defaultMember: 'item',
    members: {
      typed: method({
        params: { text: t.string, times: t.optional(t.int32, 2) },
        returns: t.string,
      }),
      short: property({ type: t.int16 }),
      kept: false,
      pinned: method({ dispid: 77, returns: t.string }),
      item: method({ params: { index: t.int32 }, returns: t.string }),
      twice: method({ params: { n: t.ref(t.int32) } }),
    },
  };
  #count = 0;
  #short = 0;
  number = ++Counter.#made;
  get count() {
    return this.#count;
  }
  set count(value) {
    this.#count = value;
  }
  get made() {
    return this.number;
  }
  set secret(value) {
    this.#count = value * 2;
  }
  get short() {
    return this.#short;
  }
  set short(value) {
    this.#short = value;
  }
  add(call, by = 1) {
    this.#count += by;
    return this.#count;
  }
  typed(call, { text, times }) {
    return text.repeat(times);
  }
  kept() {}
  pinned() {
    return 'pinned';
  }
  item(call, { index }) {
    return 'item ' + index;
  }
  lcid(call) {
    return call.lcid;
  }
  swap(call, a, b) {
    return [call.assign(0, b), call.assign(1, a)].join(' ');
  }
  twice(call, { n }) {
    n.value *= 2;
  }
  fail() {
    throw new ComError('as asked', { hresult: 0x80070005, helpFile: 'help.chm', helpContext: 7 });
  }
  get failing() {
    throw new Error('cannot be read');
  }
  toString() {
    return 'hidden';
  }
}
`;

describe('a class', function () {
  this.timeout(60_000);

  let registered: RegisteredModule;
  let scripts: ScriptHost;

  before(async () => {
    scripts = new ScriptHost(progId);
    registered = await RegisteredModule.register({
      progId,
      more,
      options: 'class: Counter',
      serveOptions: { idle: 1000, linger: 50 },
    });
  });

  after(async () => {
    await registered[Symbol.asyncDispose]();
    scripts[Symbol.dispose]();
  });

  it('has an object for each client', async () => {
    const lines = await scripts.vbscript(`
Set other = CreateObject("${progId}")
server.add 5
server.ADD
other.add 1
Say server.count & " " & other.count
Say server.made < other.made
Say server.whoAmI()`);
    assert.deepEqual(lines, ['6 1', '-1', 'Counter']);
  });

  it('has properties that are read and written', async () => {
    const lines = await scripts.vbscript(`
server.count = 40
server.count = server.count + 2
Say server.count
server.secret = 3
Say server.count
On Error Resume Next
server.made = 1
Say Hex(Err.Number)`);
    assert.deepEqual(lines, ['42', '6', '1B6']);
  });

  it('has properties for JScript', async () => {
    const lines = await scripts.jscript(`
server.count = 40;
server.count += 2;
say(server.count);`);
    assert.deepEqual(lines, ['42']);
  });

  it('has a default member', async () => {
    assert.deepEqual(await scripts.vbscript('Say server(3)'), ['item 3']);
    assert.deepEqual(await scripts.jscript('say(server(3));'), ['item 3']);
  });

  it('converts the arguments of typed members', async () => {
    const lines = await scripts.vbscript(`
Say server.typed("ab")
Say server.typed("ab", 3)
Say server.typed(12, "2")
server.short = "7"
Say server.short & " " & VarType(server.short)
On Error Resume Next
server.typed "ab", "x"
Say Hex(Err.Number)
Err.Clear
server.typed
Say Hex(Err.Number)
Err.Clear
server.typed "a", 1, 2
Say Hex(Err.Number)
Err.Clear
server.short = 70000
Say Hex(Err.Number)`);
    assert.deepEqual(lines, ['abab', 'ababab', '1212', '7 2', 'D', '1C1', '1C2', '6']);
  });

  it('assigns to variables of the client', async () => {
    const lines = await scripts.vbscript(`
a = 1
b = "two"
Say server.swap(a, b)
Say a & " " & b
Say server.swap(a, 5)
Say a
n = 21
server.twice n
Say n`);
    assert.deepEqual(lines, ['true true', 'two 1', 'true false', '5', '42']);
  });

  it('hides what is not for clients', async () => {
    const names = ['kept', 'toString', 'constructor', 'number', 'hasOwnProperty'];
    const lines = await scripts.vbscript(`
On Error Resume Next
${names.map((name) => `Err.Clear\nserver.${name}\nSay Hex(Err.Number)`).join('\n')}`);
    assert.deepEqual(lines, ['1B6', '1B6', '1B6', '1B6', '1B6']);
  });

  it('raises the errors of its handlers', async () => {
    const lines = await scripts.vbscript(`
On Error Resume Next
server.fail
Say Hex(Err.Number) & " " & Err.Description & " " & Err.HelpFile & " " & Err.HelpContext
Err.Clear
x = server.failing
Say Err.Description`);
    assert.deepEqual(lines, ['80070005 as asked help.chm 7', 'cannot be read']);
  });

  it('knows the locale of its client', async () => {
    // Wine's engine gives LCID 0.
    const [lcid] = await scripts.vbscript('Say server.lcid()');
    assert.match(lcid ?? '', /^\d+$/);
  });
});
