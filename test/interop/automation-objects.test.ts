import assert from 'node:assert/strict';

import { comObject, ComError, createObject, type RemoteObject, type ServerCall } from 'async-com';

import { RegisteredModule } from '../support/registered-module.js';
import { ScriptHost } from '../support/script-host.js';

// Objects in values, as scripts and Node clients use them.

const progId = 'AsyncCom.Objects';

const more = `
import { automation, comObject, method, property, t } from '${import.meta.resolve('async-com')}';

let disposed = 0;

class Item {
  constructor(name) {
    this.title = name;
  }
  get name() {
    return this.title;
  }
  set name(value) {
    this.title = value;
  }
  greet(call, whom) {
    return this.title + ' greets ' + whom;
  }
  [Symbol.dispose]() {
    ++disposed;
  }
}

class Catalogue {
  #items = ['one', 'two', 'three'].map((name) => new Item(name));
  static [automation] = { defaultMember: 'item' };
  get count() {
    return this.#items.length;
  }
  item(call, index) {
    return comObject(this.#items[index]);
  }
  *[Symbol.iterator]() {
    for (const item of this.#items) yield comObject(item);
  }
  names() {
    return this.#items.map(({ name }) => name).values();
  }
  async *numbers(call, to) {
    for (let n = 1; n <= to; ++n) yield n;
  }
  set() {
    return comObject(new Set(['a', 'b']));
  }
  nameOf(call, item) {
    return item instanceof Item ? 'own ' + item.name : typeof item;
  }
  async callBack(call, sink, times) {
    let sum = 0;
    for (let n = 1; n <= times; ++n) sum += await sink.call('take', n);
    return sum;
  }
  async callFunction(call, sink) {
    return sink.call('', 20, 22);
  }
  async readAndWrite(call, object) {
    await object.set('value', (await object.get('value')) + 1);
    return object.get('value');
  }
  async sumOf(call, collection) {
    let sum = 0;
    for await (const one of collection) sum += one;
    return sum;
  }
  keep(call, object) {
    this.kept = object;
  }
  giveBack() {
    return this.kept;
  }
  disposed() {
    return disposed;
  }
  settings() {
    return { name: 'plain', size: 3, inner: { deep: true }, map: new Map([[1, 'one']]) };
  }
  nameIn(call, object) {
    return object.name + ' ' + object.inner.deep;
  }
}
`;

describe('an object in a value', function () {
  this.timeout(60_000);

  let registered: RegisteredModule;
  let scripts: ScriptHost;
  let catalogue: RemoteObject;

  before(async () => {
    scripts = new ScriptHost(progId);
    registered = await RegisteredModule.register({
      progId,
      more,
      options: 'class: Catalogue',
      serveOptions: { idle: 1000, linger: 50 },
    });
    catalogue = await createObject(progId);
  });

  after(async () => {
    catalogue.release();
    await registered[Symbol.asyncDispose]();
    scripts[Symbol.dispose]();
  });

  it('is called by scripts, also if a member returned it', async () => {
    const lines = await scripts.vbscript(`
Set item = server(1)
Say item.name
item.name = "zwei"
Say server.item(1).greet("all")
Say server.nameOf(item)`);
    assert.deepEqual(lines, ['two', 'zwei greets all', 'own zwei']);
  });

  it('can be a collection', async () => {
    const lines = await scripts.vbscript(`
For Each item In server
  Say item.name
Next
For Each name In server.names()
  Say name
Next
For Each n In server.numbers(3)
  Say n
Next
For Each one In server.set()
  Say one
Next`);
    assert.deepEqual(lines, [
      ...['one', 'two', 'three', 'one', 'two', 'three'],
      ...['1', '2', '3', 'a', 'b'],
    ]);
  });

  it('can be a collection for JScript', async () => {
    const lines = await scripts.jscript(`
for (var e = new Enumerator(server); !e.atEnd(); e.moveNext()) say(e.item().name);`);
    assert.deepEqual(lines, ['one', 'two', 'three']);
  });

  it('stands for a plain object or a Map', async () => {
    const lines = await scripts.vbscript(`
Set settings = server.settings()
Say settings.name & " " & settings.SIZE & " " & settings("size") & " " & settings.Count
Say settings.inner.deep & " " & settings.map(1)
For Each key In settings
  Say key
Next
Say server.nameIn(settings)`);
    assert.deepEqual(lines, [
      ...['plain 3 3 4', 'True one', 'name', 'size', 'inner', 'map', 'plain true'],
    ]);
  });

  it('of a script is called back while the script waits', async () => {
    // JScript, because objects of Wine's VBScript have no Invoke (E_NOTIMPL).
    const lines = await scripts.jscript(`
var mine = { value: 5, take: function (n) { say('got ' + n); return 10 * n; } };
say(server.callBack(mine, 3));
say(server.readAndWrite(mine));
say(mine.value);`);
    assert.deepEqual(lines, ['got 1', 'got 2', 'got 3', '60', '6', '6']);
  });

  it('of a script can be a function', async () => {
    const lines = await scripts.jscript(`
say(server.callFunction(function (a, b) { return a + b; }));`);
    assert.deepEqual(lines, ['42']);
  });

  it('is called by a Node client', async () => {
    using item = (await catalogue.call('item', 0)) as RemoteObject;
    assert.equal(await item.get('name'), 'one');
    assert.equal(await item.call('greet', 'me'), 'one greets me');
    assert.equal(await catalogue.call('nameOf', item), 'own one');
    assert.equal(await catalogue.get('count'), 3);
    const names: unknown[] = [];
    for await (const one of catalogue) names.push(await (one as RemoteObject).get('name'));
    assert.deepEqual(names, ['one', 'two', 'three']);
    const numbers: unknown[] = [];
    for await (const one of (await catalogue.call('numbers', 150)) as RemoteObject)
      numbers.push(one);
    assert.equal(numbers.length, 150);
    assert.equal(numbers.at(-1), 150);
  });

  it('of a Node client is called back', async () => {
    const got: unknown[] = [];
    const sink = comObject({
      take(call: ServerCall, n: number) {
        got.push(n, call.path);
        return n;
      },
    });
    assert.equal(await catalogue.call('callBack', sink, 2), 3);
    assert.deepEqual(got, [1, 'bridge', 2, 'bridge']);
    const sum = comObject((_: ServerCall, a: number, b: number) => a + b);
    assert.equal(await catalogue.call('callFunction', sum), 42);
    assert.equal(await catalogue.call('sumOf', [1, 2, 3].values()), 6);
    let value = 1;
    const object = comObject({
      get value() {
        return value;
      },
      set value(next: number) {
        value = next;
      },
    });
    assert.equal(await catalogue.call('readAndWrite', object), 2);
    assert.equal(value, 2);
  });

  it('is disposed of when its last client has released it', async () => {
    const disposed = async (): Promise<number> => (await catalogue.call('disposed')) as number;
    using other = await createObject(progId);
    const before = await disposed();
    const item = (await other.call('item', 2)) as RemoteObject;
    assert.equal(await item.get('name'), 'three');
    assert.equal(await disposed(), before);
    item.release();
    await assert.rejects(item.get('name'), { name: 'ComError', code: 'CO_E_OBJNOTCONNECTED' });
    while ((await disposed()) === before);
  });

  it('is the client’s own object again when the client gets it back', async () => {
    const mine = { name: 'mine', hello: () => 'hello' };
    await catalogue.call('keep', comObject(mine));
    const back = (await catalogue.call('giveBack')) as unknown as RemoteObject;
    assert.equal(await back.call('hello'), 'hello');
    await catalogue.call('keep', null);
  });

  it('gives the errors of its members', async () => {
    await assert.rejects(catalogue.call('missing'), { code: 'DISP_E_UNKNOWNNAME', origin: 'call' });
    await assert.rejects(catalogue.set('count', 1), { code: 'DISP_E_MEMBERNOTFOUND' });
    await assert.rejects(catalogue.call('item', 99), (error) => {
      assert.ok(error instanceof ComError);
      assert.equal(error.origin, 'handler');
      return true;
    });
  });
});
