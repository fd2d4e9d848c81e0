import assert from 'node:assert/strict';
import { resolve } from 'node:path';

import type { Value } from 'async-com';

import { newClsid } from '#lib/value/identifiers.js';

import { registerCatalogue } from '../support/catalogue.js';
import { readPeFile } from '../support/pe-file.js';
import { Program, ProgramFailure } from '../support/program.js';
import type { RegisteredModule } from '../support/registered-module.js';
import { skip } from '../support/skip.js';
import { whyNo32Bits } from '../support/thirty-two-bits.js';
import { wordsOf } from '../support/variant-words.js';

// C++ programs that know only IDispatch. They need no proxy/stub of async-com, whatever their width.

const accessDenied = 0x80070005;
const classNotRegistered = 0x80040154;
const memberNotFound = 0x80020003;
const typeMismatch = 0x80020005;
const unknownName = 0x80020006;

/** A running test/interop/programs/dispatch_client.cpp. */
class DispatchClient implements AsyncDisposable {
  readonly #program: Program;

  constructor(program: Program) {
    this.#program = program;
  }

  /** Calls a member and returns the answer in words. */
  ask(
    object: number,
    kind: 'call' | 'get' | 'put',
    name: string,
    ...args: Value[]
  ): Promise<string> {
    return this.askInWords(object, kind, name, ...args.map(wordsOf));
  }

  askInWords(object: number, kind: string, name: string, ...words: string[]): Promise<string> {
    this.#program.tell([String(object), kind, name, ...words].join(' '));
    return this.#program.nextLine();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#program[Symbol.asyncDispose]();
  }
}

/** The VARIANT of an argument that is left out. */
const missing = 'error:80020004';

const value = (one: Value): string => `value ${wordsOf(one)}`;
const hex = (hresult: number): string => hresult.toString(16).toUpperCase();

for (const { width, machine, program } of [
  { width: 64, machine: 'x64', program: 'dispatch_client' },
  { width: 32, machine: 'x86', program: 'dispatch_client_x86' },
]) {
  describe(`a class called by a ${width}-bit program`, function () {
    this.timeout(60_000);

    let registered: RegisteredModule;
    let client: DispatchClient;

    before(async function () {
      const reason = width === 32 ? whyNo32Bits(`interop_${program}.exe`) : undefined;
      if (reason !== undefined) skip(this, reason);
      registered = await registerCatalogue('AsyncCom.Catalogue');
      client = new DispatchClient(await Program.start(program, registered.clsid));
    });

    after(async () => {
      await (client as DispatchClient | undefined)?.[Symbol.asyncDispose]();
      await (registered as RegisteredModule | undefined)?.[Symbol.asyncDispose]();
    });

    it('has members for it', async () => {
      const file = resolve('build/tests/build/Release', `interop_${program}.exe`);
      assert.equal(readPeFile(file).machine, machine);
      assert.equal(await client.ask(0, 'call', 'add', 2, 3), value(5));
    });

    it('has methods', async () => {
      assert.equal(await client.ask(0, 'call', 'ADD', -3), value(-2));
      assert.equal(await client.ask(0, 'call', 'repeat', 'ab', 3, '-'), value('ab-ab-ab'));
      const leftOut = await client.askInWords(0, 'call', 'given', 'i4:1', missing, 'bstr:');
      assert.equal(leftOut, value('number undefined string'));
    });

    it('has properties', async () => {
      for (const label of ['covers', 'héé ☃ \0.', '']) {
        assert.equal(await client.ask(0, 'put', 'label', label), value(undefined));
        assert.equal(await client.ask(0, 'get', 'label'), value(label));
      }
      await client.askInWords(0, 'put', 'price', 'cy:125000');
      assert.equal(await client.ask(0, 'get', 'price'), 'value cy:125000');
      const day = new Date('2024-02-29T12:34:56Z');
      await client.ask(0, 'put', 'day', day);
      assert.equal(await client.ask(0, 'get', 'day'), value(day));
    });

    it('sends and receives arrays', async () => {
      const numbers = Int32Array.of(1, -2, 3);
      assert.equal(await client.ask(0, 'call', 'squares', numbers), value(Int32Array.of(1, 4, 9)));
      const words = await client.askInWords(0, 'call', 'upper', 'bstr[bstr:6100,bstr:]');
      assert.equal(words, 'value bstr[bstr:4100,bstr:]');
      const sent: Value = [1, 'two', [false, null], Uint8Array.of(0, 255)];
      assert.equal(await client.ask(0, 'call', 'echo', sent), value(sent));
      const table = 'r8<2x1>[r8:3FF0000000000000,r8:4000000000000000]';
      const row = 'r8<1x2>[r8:3FF0000000000000,r8:4000000000000000]';
      assert.equal(await client.askInWords(0, 'call', 'transpose', table), `value ${row}`);
    });

    it('returns objects, which can be called', async () => {
      assert.equal(await client.ask(0, 'call', 'item', 1), 'object 1');
      assert.equal(await client.ask(1, 'get', 'name'), value('two'));
      assert.equal(await client.ask(1, 'put', 'name', 'zwei'), value(undefined));
      assert.equal(await client.ask(1, 'call', 'greet', 'all'), value('zwei greets all'));
    });

    it('raises errors', async () => {
      const raised = await client.ask(0, 'call', 'fail');
      const source = wordsOf('AsyncCom.Catalogue');
      assert.equal(raised, `raised ${hex(accessDenied)} ${source} ${wordsOf('as asked')}`);
      for (const [answer, hresult, step] of [
        [await client.ask(0, 'call', 'add', 'x'), typeMismatch, 'Invoke'],
        [await client.ask(0, 'put', 'count', 1), memberNotFound, 'Invoke'],
        [await client.ask(0, 'get', 'missing'), unknownName, 'GetIDsOfNames'],
      ] as const) {
        assert.equal(answer, `failed ${hex(hresult)} ${step}`);
      }
    });

    it('is not found under another CLSID (control)', async () => {
      await assert.rejects(
        Program.start(program, newClsid()),
        (error) => error instanceof ProgramFailure && error.hresult === classNotRegistered,
      );
    });
  });
}
