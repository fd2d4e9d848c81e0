import assert from 'node:assert/strict';
import { resolve } from 'node:path';

import { describedCatalogue, registerCatalogue } from '../support/catalogue.js';
import { whyNoDotnet } from '../support/dotnet.js';
import { Program } from '../support/program.js';
import type { RegisteredModule } from '../support/registered-module.js';
import { skip } from '../support/skip.js';

// Classes and their objects, as PowerShell uses them (test/interop/dotnet/powershell/automation.ps1).

const progId = 'AsyncCom.Catalogue';

describe('a class called by PowerShell', function () {
  this.timeout(60_000);

  let registered: RegisteredModule;
  let lines: string[];

  /** The lines that begin with a word, without it. */
  const said = (word: string) =>
    lines.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length + 1));

  before(async function () {
    const reason = whyNoDotnet();
    if (reason !== undefined) skip(this, reason);
    registered = await registerCatalogue(progId);
    const script = resolve('test/interop/dotnet/powershell/automation.ps1');
    const run = await Program.runDotnet('powershell', script, progId);
    ({ lines } = run);
    assert.equal(run.code, 0, lines.join('\n'));
  });

  after(async () => {
    await (registered as RegisteredModule | undefined)?.[Symbol.asyncDispose]();
  });

  it('has methods', () => {
    assert.deepEqual(said('methods'), ['5 3 ababab']);
    assert.deepEqual(said('left out'), ['number undefined string']);
    assert.deepEqual(said('reference'), ['42']);
  });

  it('has properties', () => {
    assert.deepEqual(said('properties'), ['covers! 3']);
    assert.deepEqual(said('values'), [
      '12.5 79228162514264337593543950335 2024-02-29T12:34:56 True',
    ]);
  });

  it('takes and gives arrays', () => {
    assert.deepEqual(said('arrays'), ['1,4,9 A,BC']);
    assert.deepEqual(said('table'), ['3 2']);
  });

  it('gives objects, and knows its own again', () => {
    assert.deepEqual(said('objects'), ['zwei zwei greets all own zwei']);
    assert.deepEqual(said('best'), ['zwei']);
    assert.deepEqual(said('default'), ['three']);
  });

  it('can be a collection', () => {
    assert.deepEqual(said('item'), ['one', 'zwei', 'three']);
    assert.deepEqual(said('name'), ['one', 'zwei', 'three']);
    assert.deepEqual(said('piped'), ['12']);
  });

  it('gives plain objects as objects whose entries are items', () => {
    assert.deepEqual(said('settings'), ['plain 3 4']);
    assert.deepEqual(said('inner'), ['True']);
    assert.deepEqual(said('key'), ['name', 'size', 'inner', 'list']);
    assert.deepEqual(said('nothing'), ['']);
    assert.deepEqual(said('back'), ['plain true']);
  });

  it('raises errors', () => {
    assert.deepEqual(said('raised'), [`80070005 ${progId} as asked`]);
    assert.deepEqual(said('error'), [
      'PSInvalidCastException 80004002', // PowerShell converts arguments itself
      'FormatException 80131537',
      'ArgumentException 80070057', // DISP_E_PARAMNOTOPTIONAL
      'RuntimeException 80131501', // there is no such method
      'MissingMemberException 80131512', // DISP_E_MEMBERNOTFOUND
    ]);
  });

  it('shows its members to Get-Member', () => {
    const { iid, members } = describedCatalogue(registered.clsid);
    assert.deepEqual(said('type'), [`System.__ComObject#${iid.toLowerCase()}`]);
    const names = members.map(({ name }) => name).filter((name) => name !== '_NewEnum');
    const shown = said('member');
    assert.deepEqual(new Set(shown.map((line) => line.split(' ')[0])), new Set(names));
    for (const line of [
      'add Method int add (int a, int b)',
      'best Property IDispatch best () {get} {set} {set by ref}',
      'count Property int count () {get}',
      'echo Method Variant echo (SAFEARRAY(Variant) args)',
      'label Property string label () {get} {set}',
      'price Property currency price () {get} {set}',
      'upper Method SAFEARRAY(string) upper (SAFEARRAY(string) words)',
    ]) {
      assert.ok(shown.includes(line), line);
    }
    assert.deepEqual(said('of item'), ['Variant name () {get} {set} {set by ref}']);
  });
});
