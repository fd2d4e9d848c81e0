import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ClassDescription, MemberDescription } from '#lib/automation/description.js';
import { idlOf } from '#lib/automation/idl.js';
import { contentsOf } from '#lib/automation/library-contents.js';
import { derivedId, describeTypeLibrary } from '#lib/automation/type-library.js';
import { writeTypeLibrary } from '#lib/automation/write-type-library.js';
import { valueOf } from '#lib/errors/outcome.js';
import { native } from '#lib/native/addon.js';
import { t } from '#lib/value/types.js';

import { files, line, method, parameter, property } from '../support/described-classes.js';
import { typeLibraryProgram, typesInFile } from '../support/type-library.js';

const clsid = '{6F1D3C52-8E0B-4A57-9C4D-2B7E5A90C3A1}';
const iid = '{6F1D3C52-8E0B-4A57-9C4D-2B7E5A90C3A2}';

const classWith = (...members: MemberDescription[]): ClassDescription => ({
  name: 'Test',
  help: '',
  clsid,
  iid,
  members,
});

const acme = describeTypeLibrary([files, line], { name: 'Acme', help: 'Acme x' });

describe('a type library', function () {
  this.timeout(60_000);

  let folder = '';
  let file = '';

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'async-com-'));
    file = join(folder, 'acme.tlb');
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  it('has each member of each class, as another program reads it', async () => {
    await writeTypeLibrary(acme, file);
    const lines = await typeLibraryProgram('read', file);
    assert.deepEqual(lines, [
      'library Acme {1004D304-1586-5BD8-A17F-2738C8261DED} 1.0 lcid 0 flags 8 win64 "Acme x"',
      ...typesInFile.flat(),
    ]);
  });

  it('differs when one member differs (control)', async () => {
    const [first, ...others] = files.members;
    const changed = { ...files, members: [{ ...first, help: 'Another line' }, ...others] };
    await writeTypeLibrary(
      describeTypeLibrary([changed as ClassDescription, line], { name: 'Acme', help: 'Acme x' }),
      file,
    );
    const lines = await typeLibraryProgram('read', file);
    const other = lines.slice(1).filter((line) => !typesInFile.flat().includes(line));
    assert.deepEqual(other, [
      'get item 0 []([in] int32 index) 0: string "Another line"',
      'put item 0 []([in] int32 index, [in] string ) 0: void "Another line"',
    ]);
  });

  it('is the same bytes each time', async () => {
    const again = join(folder, 'again.tlb');
    await writeTypeLibrary(acme, file);
    const bytes = readFileSync(file);
    // A time in the file would have seconds.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    await writeTypeLibrary(acme, again);
    assert.ok(bytes.equals(readFileSync(again)));
    await writeTypeLibrary({ ...acme, help: 'Acme y' }, again);
    assert.ok(!bytes.equals(readFileSync(again)), 'control');
  });

  it('says what the registry must have of it', async () => {
    await writeTypeLibrary({ ...acme, version: [2, 7] }, file);
    assert.deepEqual(valueOf(await native.readTypeLibrary(file)), {
      libid: acme.libid,
      major: 2,
      minor: 7,
      lcid: 0,
      flags: 8,
      name: 'Acme',
      help: 'Acme x',
      classes: [files.clsid],
      interfaces: [
        { iid: files.iid, name: '_Files' },
        { iid: line.iid, name: 'Line' },
      ],
    });
    const missing = await native.readTypeLibrary(join(folder, 'none.tlb'));
    assert.equal(missing.code, 'TYPE_E_CANTLOADLIBRARY');
  });

  it('in memory is the library in the file', async () => {
    const lines = await typeLibraryProgram('memory', file);
    const middle = lines.indexOf('memory');
    assert.ok(middle > 5);
    const [inFile, inMemory] = [lines.slice(0, middle), lines.slice(middle + 1, -1)];
    // A library in memory has no file, which is the flag 8.
    assert.deepEqual(
      inMemory,
      inFile.map((line) => line.replace('flags 8', 'flags 0')),
    );
    assert.equal(lines.at(-1), 'run is 1');
  });

  it('that cannot be made fails with the name of the member', async () => {
    assert.deepEqual(await typeLibraryProgram('broken', file), [
      'Runner.run: find an enumeration 0x80028027',
      'Runner.run: ICreateTypeInfo::SetFuncAndParamNames 0x8002802C',
      'Runner.size: ICreateTypeInfo::AddFuncDesc 0x80029C83',
      'Mode: ICreateTypeLib::CreateTypeInfo 0x8002802D',
      'made',
      'None: TypeInfoOf',
    ]);
    const broken = { ...acme, classes: [files, { ...line, name: 'Files' }] };
    await assert.rejects(writeTypeLibrary(broken, file), {
      name: 'ComError',
      code: 'TYPE_E_NAMECONFLICT',
      message: /^Files: ICreateTypeLib::CreateTypeInfo failed with TYPE_E_NAMECONFLICT/,
    });
    await assert.rejects(writeTypeLibrary(acme, join(folder, 'none', 'x.tlb')), {
      name: 'ComError',
      message: /^Acme: ICreateTypeLib::SaveAllChanges failed with/,
    });
  });

  it('has no default value that a file of Wine would change', async () => {
    const scale = { optional: true, defaultValue: 0.1 };
    const test = classWith(
      method('scale', 1, {
        parameters: [
          parameter('by', t.float64, scale),
          parameter('most', t.float64, { ...scale, defaultValue: 1e300 }),
        ],
      }),
    );
    await writeTypeLibrary(describeTypeLibrary([test]), file);
    const found = (await typeLibraryProgram('read', file)).find((line) => line.includes(' scale '));
    assert.equal(
      found,
      native.wineVersion() === null
        ? 'method scale 1 []([in optional default] float64 by = float64 0.1, [in optional default] float64 most = float64 1E+300) 0: void ""'
        : 'method scale 1 []([in optional] variant by, [in optional] variant most) 2: void ""',
    );
  });
});

describe('the description of a type library', () => {
  it('has ids that are always the same', () => {
    assert.equal(derivedId(clsid, 'interface'), derivedId(clsid.toLowerCase(), 'interface'));
    assert.equal(derivedId(clsid, 'interface'), '{BC64C278-A40C-592E-9F96-7B532AF58682}');
    assert.notEqual(derivedId(clsid, 'interface'), derivedId(clsid, 'library'));
    assert.notEqual(derivedId(clsid, 'interface'), derivedId(iid, 'interface'));
    assert.equal(describeTypeLibrary([line, files]).libid, derivedId(line.iid, 'library'));
    assert.equal(describeTypeLibrary([files]).libid, derivedId(files.clsid ?? '', 'library'));
  });

  it('gives each class a name of its own, which is an identifier', () => {
    const named = (name: string, number: number): ClassDescription => ({
      ...classWith(),
      name,
      clsid: derivedId(clsid, String(number)),
      iid: derivedId(iid, String(number)),
    });
    const mode = property('mode', 1, t.enumeration('Mode', { a: 1 }));
    const names = ['Acme.Files', 'acme_files', '3D', 'Füße', 'Mode', 'IDispatch', '_Hidden'];
    const classes = names.map((name, index) => named(name, index));
    const library = describeTypeLibrary([...classes, { ...named('Z', 99), members: [mode] }]);
    assert.deepEqual(
      library.classes.map(({ name }) => name),
      ['Acme_Files', 'acme_files2', 'C3D', 'F__e', 'Mode2', 'IDispatch2', 'C_Hidden', 'Z'],
    );
    assert.equal(library.name, 'Acme_FilesLib');
  });

  const wrongs: readonly (readonly [what: string, members: MemberDescription[], said: RegExp])[] = [
    [
      'the same name in other letters',
      [method('open', 1), method('Open', 2)],
      /^Test\.Open has the name of Test\.open/,
    ],
    [
      'the same DISPID',
      [method('open', 1), method('close', 1)],
      /^Test\.close has the DISPID of Test\.open, 1$/,
    ],
    [
      'a DISPID that means something else',
      [method('open', -1)],
      /^the DISPID of Test\.open must be/,
    ],
    ['a name that is no identifier', [method('a b', 1)], /^the name of Test\.a b must be an ident/],
    [
      'a parameter twice',
      [method('open', 1, { parameters: [parameter('a', t.int32), parameter('A', t.int32)] })],
      /^the parameter A of Test\.open is there twice$/,
    ],
    [
      'a parameter that must be given after one that need not',
      [
        method('open', 1, {
          parameters: [parameter('a', t.int32, { optional: true }), parameter('b', t.int32)],
        }),
      ],
      /^the parameter b of Test\.open must be optional, because a before it is$/,
    ],
    [
      'an enumeration that has other members elsewhere',
      [
        property('one', 1, t.enumeration('Mode', { a: 1 })),
        property('two', 2, t.enumeration('Mode', { a: 2 })),
      ],
      /^the enumeration Mode of Test\.two is not that of Test\.one/,
    ],
    [
      'a property of no use',
      [property('one', 1, t.int32, { readable: false, writable: false })],
      /^Test\.one is a property that can be neither read nor written$/,
    ],
    [
      'an enumerator with parameters',
      [method('all', -4, { parameters: [parameter('a', t.int32)] })],
      /^Test\.all is the enumerator, which has no parameters$/,
    ],
  ];
  for (const [what, members, message] of wrongs) {
    it(`is refused for ${what}`, () => {
      assert.throws(() => describeTypeLibrary([classWith(...members)]), {
        name: 'TypeError',
        message,
      });
    });
  }

  it('is refused for a default value of another type', () => {
    const wrong: readonly (readonly [
      typeof t.int16 | typeof t.string | typeof t.boolean,
      unknown,
    ])[] = [
      [t.int16, 40_000],
      [t.int16, 1.5],
      [t.int16, '1'],
      [t.string, 1],
      [t.string, 'a\0b'],
      [t.boolean, 1],
    ];
    for (const [type, defaultValue] of wrong) {
      const parameters = [parameter('by', type, { optional: true, defaultValue })];
      const library = describeTypeLibrary([classWith(method('add', 1, { parameters }))]);
      assert.throws(() => contentsOf(library), {
        name: 'TypeError',
        message: `the default value of Test.add(by) must be of the type ${type.name}`,
      });
    }
  });

  it('is refused for ids and options that are wrong', () => {
    const same = { ...classWith(), name: 'Other', iid: derivedId(iid, '') };
    assert.throws(() => describeTypeLibrary([classWith(), same]), {
      message: `the clsid of Other is the clsid of Test, too: ${clsid}`,
    });
    assert.throws(() => describeTypeLibrary([]), { name: 'TypeError' });
    for (const [options, message] of [
      [{ name: 'a b' }, /^options\.name must be an identifier/],
      [{ name: 'IUnknown' }, /^options\.name must not be the name of/],
      [{ libid: 'x' }, /^options\.libid must be/],
      [{ version: [1] as never }, /^options\.version must be/],
      [{ version: [1, 65_536] as const }, /^options\.version must be/],
    ] as const) {
      assert.throws(() => describeTypeLibrary([classWith()], options), {
        name: 'TypeError',
        message,
      });
    }
  });

  it('as IDL has no line that its texts could break', () => {
    const test = { ...classWith(method('a', 1, { help: 'two\nlines "and" \\' })) };
    const idl = idlOf(describeTypeLibrary([test]));
    assert.match(idl, /helpstring\("two lines \\"and\\" \\\\"\)/);
  });
});
