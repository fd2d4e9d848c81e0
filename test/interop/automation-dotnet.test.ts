import assert from 'node:assert/strict';

import { registerCatalogue } from '../support/catalogue.js';
import { whyNoDotnet } from '../support/dotnet.js';
import { Program } from '../support/program.js';
import type { RegisteredModule } from '../support/registered-module.js';
import { skip } from '../support/skip.js';

// Classes and their objects, as late-bound C# uses them. The scenes are in test/interop/dotnet/automation.

const progId = 'AsyncCom.Catalogue';

interface Scene {
  readonly scene: string;
  readonly promise: string;
  readonly lines: readonly string[];
  /** In both apartments, because the client is called, or makes objects on its way. */
  readonly both?: true;
}

const scenes: readonly Scene[] = [
  {
    scene: 'Dynamic.Methods',
    promise: 'has methods, whose arguments can be named and left out, and a default one',
    both: true,
    lines: ['5 5', '3 3', 'abab ab-ab', 'ababab 121212', 'number undefined string', 'two three'],
  },
  {
    scene: 'Dynamic.Properties',
    promise: 'has properties that are read and written',
    lines: ['covers 3', 'zwei'],
  },
  {
    scene: 'Dynamic.Variables',
    promise: 'assigns to variables of the client',
    // A variable keeps the type of the value that it had.
    lines: [
      ...['42', 'true true', '2 String 7 Int32', 'true false', '5', 'new'],
      'ArgumentException 80070057',
    ],
  },
  {
    scene: 'Dynamic.Values',
    promise: 'takes and gives values of .NET, exactly',
    lines: [
      '12.5 Decimal',
      '-0.0001',
      '79228162514264337593543950335 Decimal',
      '1.5',
      '2024-02-29T12:34:56 DateTime Date',
      '0.1 Double',
      'True Boolean',
      '8 True',
      'null DBNull',
      '9007199254740993 0.5 255',
    ],
  },
  {
    scene: 'Dynamic.Arrays',
    promise: 'takes and gives arrays of .NET',
    lines: [
      'Int32[](1,4,9)',
      'Int32[](16,25)',
      'Int32[]()',
      'String[](A,BC)',
      'Double[,](3x2: 1,4,2,5,3,6.5)',
      'Byte[](0,255) Uint8Array',
      'Int32[](1,2) Int32Array',
      'Double[](0.5) Float64Array',
      'Object[](a) Array',
      'Object[](1,two,Object[](False))',
      // An array of several dimensions is arrays in arrays, if no type says otherwise.
      'Object[](Object[](1,2))',
    ],
  },
  {
    scene: 'Dynamic.Objects',
    promise: 'gives objects, and knows its own again',
    lines: ['two two greets all', 'own zwei own one', 'zwei own zwei', 'True'],
  },
  {
    scene: 'Dynamic.OwnObjects',
    promise: 'calls objects of the client while the client waits, and gives them back',
    both: true,
    lines: ['got 1', 'got 2', 'got 3', '60', '6 6', 'True'],
  },
  {
    scene: 'Dynamic.Collections',
    promise: 'can be a collection, and goes through collections of the client',
    both: true,
    // An iterator gives its elements once, so nothing is said "again".
    lines: ['one', 'two', 'three', 'one', 'two', 'three', 'one', 'two', 'three', '6'],
  },
  {
    scene: 'Dynamic.Dictionaries',
    promise: 'gives plain objects as objects with members, which the client can only read',
    lines: [
      'plain 3 3 4',
      'True Object[](1,two)',
      ...['name', 'size', 'inner', 'list'],
      'plain true',
      'MissingMemberException 80131512',
    ],
  },
  {
    scene: 'Dynamic.Errors',
    promise: 'raises errors',
    lines: [
      `UnauthorizedAccessException 80070005 ${progId} as asked`,
      'a.chm#7',
      `COMException 80004005 ${progId} there is no item 9`,
      'ArgumentException 80070057', // DISP_E_TYPEMISMATCH
      'OverflowException 80131516', // DISP_E_OVERFLOW
      'ArgumentException 80070057', // DISP_E_PARAMNOTOPTIONAL
      'TargetParameterCountException 8002000E', // DISP_E_BADPARAMCOUNT
      'COMException 80020006', // DISP_E_UNKNOWNNAME
      'COMException 80020006',
      'RuntimeBinderException 80131500', // GetIDsOfNames does not find it
      'RuntimeBinderException 80131500',
      'MissingMemberException 80131512', // DISP_E_MEMBERNOTFOUND
      'ArgumentException 80070057',
      '2',
    ],
  },
  {
    scene: 'Invoked.Members',
    promise: 'has members for Type.InvokeMember',
    lines: [
      '5 3',
      '3 ab-ab',
      'ab-ab',
      'covers 3',
      'two covers',
      'own eins',
      'eins',
      '12.5 2024-02-29T00:00:00',
      'Int32[](1,4,9)',
    ],
  },
  {
    scene: 'Invoked.Variables',
    promise: 'assigns to the arguments of Type.InvokeMember that are passed by reference',
    lines: [
      ...['42', 'true true', '2 7', 'Int32[,](2x2: 1,3,2,4)'],
      'true true',
      'Int32[](3,4,5) Int32[](1,2)',
      '21',
    ],
  },
  {
    scene: 'Invoked.Errors',
    promise: 'raises errors for Type.InvokeMember',
    lines: [
      `UnauthorizedAccessException 80070005 ${progId} as asked`,
      'a.chm#7',
      'COMException 80020005', // DISP_E_TYPEMISMATCH
      'COMException 8002000F', // DISP_E_PARAMNOTOPTIONAL
      'TargetParameterCountException 8002000E', // DISP_E_BADPARAMCOUNT
      'COMException 80020006', // DISP_E_UNKNOWNNAME
      'COMException 80020003', // DISP_E_MEMBERNOTFOUND
      '2',
    ],
  },
];

describe('a class called by late-bound C#', function () {
  this.timeout(60_000);

  let registered: RegisteredModule;

  before(async function () {
    const reason = whyNoDotnet();
    if (reason !== undefined) skip(this, reason);
    registered = await registerCatalogue(progId);
  });

  after(async () => {
    await (registered as RegisteredModule | undefined)?.[Symbol.asyncDispose]();
  });

  for (const { scene, promise, lines, both } of scenes) {
    for (const apartment of both ? ['STA', 'MTA'] : ['STA']) {
      it(`${promise} (${scene}, ${apartment})`, async () => {
        const run = await Program.runDotnet('automation', progId, scene, apartment);
        assert.deepEqual(run.lines, lines);
        assert.equal(run.code, 0);
      });
    }
  }

  it('is not found under another ProgID (control)', async () => {
    const nobody = 'AsyncCom.Nobody';
    const { code, lines } = await Program.runDotnet('automation', nobody, 'Dynamic.Methods', 'STA');
    assert.match(lines.join('\n'), /^failed 800401F3 /); // CO_E_CLASSSTRING
    assert.equal(code, 1);
  });
});
