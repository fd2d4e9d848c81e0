import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { register, type RegisterOptions, unregister } from 'async-com';

import {
  derivedId,
  describeTypeLibrary,
  type TypeLibraryOptions,
} from '#lib/automation/type-library.js';
import { writeTypeLibrary } from '#lib/automation/write-type-library.js';
import {
  readKey,
  readText,
  remove,
  planRemoval,
  writeEntries,
} from '#lib/registration/registry.js';
import { newClsid } from '#lib/value/identifiers.js';

import { method } from '../support/described-classes.js';
import { TemporaryModule } from '../support/registered-module.js';
import { exportClasses, exportRegistry } from '../support/registry.js';
import { typeLibraryProgram } from '../support/type-library.js';

const libid = newClsid().toUpperCase();
const iidOf = (clsid: string): string => derivedId(clsid, 'interface');

describe('a registration with a type library', function () {
  this.timeout(60_000);

  let folder = '';

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'async-com-'));
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  /** Writes a library of classes with one member each. */
  async function written(
    name: string,
    clsids: readonly string[],
    options: TypeLibraryOptions = {},
  ): Promise<string> {
    const file = join(folder, name);
    const classes = clsids.map((clsid, index) => ({
      name: `Class${String(index)}`,
      help: '',
      clsid,
      iid: iidOf(clsid),
      members: [method('run', 1)],
    }));
    await writeTypeLibrary(
      describeTypeLibrary(classes, { name: 'Acme', help: 'Acme files', libid, ...options }),
      file,
    );
    return file;
  }

  const seen = (...clsids: string[]): string[] =>
    exportClasses(libid, ...clsids, ...clsids.map(iidOf));

  for (const perMachine of [false, true]) {
    const hive = perMachine ? 'HKLM' : 'HKCU';

    it(`for the ${perMachine ? 'machine' : 'user'} has these values, and leaves none when it is removed`, async () => {
      using module = await TemporaryModule.write({ clsids: [newClsid().toUpperCase()] });
      const { clsid } = module;
      const file = await written('acme.tlb', [clsid], { version: [2, 10] });
      const plain = { perMachine, proxyStub: false } as const;
      const options = { ...plain, typeLibrary: file };
      const without = await register(module.path, { ...plain, dryRun: true });
      const before = seen(clsid);
      const wrote = await register(module.path, options);
      try {
        const isNew = ({ key, name }: { key: string; name: string }): boolean =>
          !key.endsWith('Servers') && !without.some((one) => one.key === key && one.name === name);
        const iid = iidOf(clsid);
        const ofInterface = (classes: string): Record<string, string> => ({
          [`${classes}Interface\\${iid} `]: '_Class0',
          [`${classes}Interface\\${iid}\\ProxyStubClsid32 `]:
            '{00020420-0000-0000-C000-000000000046}',
          [`${classes}Interface\\${iid}\\TypeLib `]: libid,
          [`${classes}Interface\\${iid}\\TypeLib Version`]: '2.a',
        });
        assert.deepEqual(
          Object.fromEntries(
            wrote
              .filter(isNew)
              .map(({ key, name, data }) => [
                `${key.slice('Software\\Classes\\'.length)} ${name}`,
                data,
              ]),
          ),
          {
            [`TypeLib\\${libid}\\2.a `]: 'Acme files',
            [`TypeLib\\${libid}\\2.a\\FLAGS `]: '0',
            [`TypeLib\\${libid}\\2.a\\HELPDIR `]: folder,
            [`TypeLib\\${libid}\\2.a\\0\\win64 `]: file,
            [`TypeLib\\${libid}\\2.a\\0\\win32 `]: file,
            ...ofInterface(''),
            ...ofInterface('Wow6432Node\\'),
            [`CLSID\\${clsid}\\TypeLib `]: libid,
            [`CLSID\\${clsid}\\Version `]: '2.a',
          },
        );
        for (const { key, name, data } of wrote.filter(isNew))
          assert.equal(readText(hive, key, name), data);
      } finally {
        await unregister(module.path, { perMachine });
      }
      assert.deepEqual(seen(clsid), before);
    });
  }

  it('has the values that RegisterTypeLib writes', async () => {
    using module = await TemporaryModule.write({ clsids: [newClsid().toUpperCase()] });
    const file = await written('acme.tlb', [module.clsid]);
    const before = exportClasses(libid, iidOf(module.clsid));
    await typeLibraryProgram('register', file);
    const theirs = exportClasses(libid, iidOf(module.clsid));
    await typeLibraryProgram('unregister', file);
    await register(module.path, { perMachine: true, proxyStub: false, typeLibrary: file });
    const ours = exportClasses(libid, iidOf(module.clsid));
    await unregister(module.path, { perMachine: true });
    const isOfLibrary = (line: string): boolean =>
      line.includes(libid) || line.includes(iidOf(module.clsid));
    const news = theirs.filter((line) => !before.includes(line));
    assert.ok(news.length > 10 && news.every(isOfLibrary), 'control');
    // What 16-bit programs read, and a flag that the file has only while it is open.
    assert.deepEqual(
      news.filter((line) => !ours.includes(line) && !/ProxyStubClsid[ \]]/.test(line)),
      [`HKLM\\Software\\Classes\\TypeLib\\${libid}\\1.0\\FLAGS  = "8"`],
    );
    const more = ours.filter(
      (line) => line.includes('TypeLib') && !line.includes('Servers') && !news.includes(line),
    );
    assert.deepEqual(
      more.filter((line) => isOfLibrary(line) && !line.includes('win32')),
      [`HKLM\\Software\\Classes\\TypeLib\\${libid}\\1.0\\FLAGS  = "0"`],
    );
    assert.deepEqual(exportClasses(libid, iidOf(module.clsid)), before);
  });

  it('keeps what another class of the library needs when it is removed', async () => {
    const clsids = [newClsid(), newClsid()].map((id) => id.toUpperCase());
    using module = await TemporaryModule.write({ clsids });
    const [one = '', two = ''] = clsids;
    const file = await written('two.tlb', clsids);
    const before = seen(...clsids);
    await register(module.path, { proxyStub: false, typeLibrary: file });
    await unregister(one);
    const key = `Software\\Classes\\TypeLib\\${libid}\\1.0\\0\\win64`;
    assert.equal(readText('HKCU', key), file);
    assert.notEqual(readKey('HKCU', `Software\\Classes\\Interface\\${iidOf(one)}`), null);
    await unregister(two);
    assert.deepEqual(seen(...clsids), before);
  });

  it('takes back the old library when it is registered with another one, or with none', async () => {
    using module = await TemporaryModule.write({ clsids: [newClsid().toUpperCase()] });
    const { clsid } = module;
    const [old, next] = [
      await written('old.tlb', [clsid]),
      await written('next.tlb', [clsid], { version: [1, 1] }),
    ];
    const before = seen(clsid);
    await register(module.path, { proxyStub: false });
    const plain = seen(clsid);
    await register(module.path, { proxyStub: false, typeLibrary: old });
    await register(module.path, { proxyStub: false, typeLibrary: next });
    assert.equal(readKey('HKCU', `Software\\Classes\\TypeLib\\${libid}\\1.0`), null);
    assert.equal(readText('HKCU', `Software\\Classes\\TypeLib\\${libid}\\1.1\\0\\win64`), next);
    await register(module.path, { proxyStub: false });
    assert.deepEqual(seen(clsid), plain);
    await unregister(clsid);
    assert.deepEqual(seen(clsid), before);
  });

  it('leaves the library of another program as it is', async () => {
    using module = await TemporaryModule.write({ clsids: [newClsid().toUpperCase()] });
    const { clsid } = module;
    const file = await written('acme.tlb', [clsid]);
    const key = `Software\\Classes\\TypeLib\\${libid}\\1.0\\0\\win64`;
    const theirs = [{ hive: 'HKCU', key, name: '', data: 'C:\\theirs.tlb' }] as const;
    const before = seen(clsid);
    writeEntries(theirs);
    const with_ = exportRegistry('HKCU', `Software\\Classes\\TypeLib\\${libid}`);
    const { left } = await register(module.path, { proxyStub: false, typeLibrary: file });
    assert.deepEqual(left, [{ ...theirs[0], reason: 'there before' }]);
    await unregister(clsid);
    assert.deepEqual(exportRegistry('HKCU', `Software\\Classes\\TypeLib\\${libid}`), with_);
    remove(planRemoval(theirs));
    assert.deepEqual(seen(clsid), before);
  });

  it('is refused for a file that is no library of the module', async () => {
    using module = await TemporaryModule.write();
    const other = await written('other.tlb', [newClsid()]);
    const before = seen(module.clsid);
    const failures: readonly (readonly [typeLibrary: unknown, expected: object])[] = [
      [other, { message: /^the type library describes no class of the module: .*other\.tlb$/ }],
      ['package.json', { name: 'ComError', code: 'TYPE_E_CANTLOADLIBRARY' }],
      [join(folder, 'none.tlb'), { name: 'ComError' }],
      [5, { name: 'TypeError', message: /^options\.typeLibrary must/ }],
    ];
    for (const [typeLibrary, expected] of failures) {
      const options = { proxyStub: false, typeLibrary } as RegisterOptions;
      await assert.rejects(register(module.path, options), expected);
    }
    assert.deepEqual(seen(module.clsid), before);
  });

  it('is made by the command, too', async () => {
    using module = await TemporaryModule.write({ clsids: [newClsid().toUpperCase()] });
    const file = await written('acme.tlb', [module.clsid]);
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [
        'dist/cli/main.js',
        'register',
        module.path,
        '--dry-run',
        '--no-proxy-stub',
        '--typelib',
        file,
      ],
      { encoding: 'utf8' },
    );
    assert.equal(stderr, '');
    assert.ok(stdout.includes(`\\TypeLib\\${libid}\\1.0\\0\\win64 (Default) = ${file}`), stdout);
  });
});
