import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  register,
  type RegisterOptions,
  type RegistryEntry,
  unregister,
  type UnregisterOptions,
} from 'async-com';

import { isFailure } from '#lib/errors/com-error.js';
import { native } from '#lib/native/addon.js';
import { hasAsyncMapping } from '#lib/registration/async-mapping.js';
import { argumentsOf } from '#lib/registration/command-line.js';
import {
  asyncMethodCallIid,
  callCancellationIid,
  methodCallIid,
  progIdsOf,
  proxyStubClsid,
} from '#lib/registration/entries.js';
import {
  planRemoval,
  readText,
  readValue,
  remove,
  writeEntries,
} from '#lib/registration/registry.js';
import { defaultProxyStub } from '#lib/registration/register.js';

import { newClsid } from '#lib/value/identifiers.js';
import { TemporaryModule } from '../support/registered-module.js';
import { exportClasses, exportRegistry } from '../support/registry.js';
import { skip } from '../support/skip.js';

/** A file in place of the DLL. These tests register it and do not load it. */
const standIn = resolve('package.json');

const noDll = { proxyStub: false } as const;

/** The entries that a record lists. */
function recordedIn({ hive, data }: RegistryEntry): RegistryEntry[] {
  const { written } = JSON.parse(String(data)) as { written: [string, string, string | number][] };
  return written.map(([key, name, data]) => ({
    hive,
    key: `Software\\Classes\\${key}`,
    name,
    data,
  }));
}

function byPlace(entries: readonly RegistryEntry[]): Record<string, string | number> {
  return Object.fromEntries(
    entries.map(({ hive, key, name, data }) => [
      `${hive}\\${key.replace('Software\\Classes\\', '')}${name === '' ? '' : ` ${name}`}`,
      data,
    ]),
  );
}

describe('a registration', function () {
  this.timeout(60_000);

  for (const perMachine of [false, true]) {
    const hive = perMachine ? 'HKLM' : 'HKCU';

    it(`for the ${perMachine ? 'machine' : 'user'} consists of these values`, async () => {
      using module = await TemporaryModule.write({ progId: 'AsyncCom.Test.3' });
      const { clsid } = module;
      const written = await register(module.path, {
        perMachine,
        dryRun: true,
        proxyStub: standIn,
        args: ['a b'],
        nodeOptions: ['--enable-source-maps'],
      });
      const record = written.at(-1);
      assert.deepEqual(record === undefined ? [] : recordedIn(record), written.slice(0, -1));
      const values = byPlace(written);
      const line = values[`${hive}\\CLSID\\${clsid}\\LocalServer32`];
      assert.deepEqual(values, {
        [`${hive}\\CLSID\\${proxyStubClsid}`]: 'async-com proxy/stub',
        [`${hive}\\CLSID\\${proxyStubClsid}\\InprocServer32`]: standIn,
        [`${hive}\\CLSID\\${proxyStubClsid}\\InprocServer32 ThreadingModel`]: 'Both',
        [`${hive}\\CLSID\\${proxyStubClsid}\\Servers ${clsid}`]: record?.data,
        [`${hive}\\Interface\\${methodCallIid}`]: 'IMethodCall',
        [`${hive}\\Interface\\${methodCallIid}\\ProxyStubClsid32`]: proxyStubClsid,
        [`${hive}\\Interface\\${methodCallIid}\\AsynchronousInterface`]: asyncMethodCallIid,
        [`${hive}\\Interface\\${asyncMethodCallIid}`]: 'AsyncIMethodCall',
        [`${hive}\\Interface\\${asyncMethodCallIid}\\ProxyStubClsid32`]: proxyStubClsid,
        [`${hive}\\Interface\\${asyncMethodCallIid}\\SynchronousInterface`]: methodCallIid,
        [`${hive}\\Interface\\${callCancellationIid}`]: 'ICallCancellation',
        [`${hive}\\Interface\\${callCancellationIid}\\ProxyStubClsid32`]: proxyStubClsid,
        [`${hive}\\CLSID\\${clsid}`]: 'AsyncCom.Test.3',
        [`${hive}\\CLSID\\${clsid}\\LocalServer32`]: line,
        [`${hive}\\CLSID\\${clsid}\\LocalServer32 ServerExecutable`]: process.execPath,
        [`${hive}\\CLSID\\${clsid}\\ProgID`]: 'AsyncCom.Test.3',
        [`${hive}\\CLSID\\${clsid}\\VersionIndependentProgID`]: 'AsyncCom.Test',
        [`${hive}\\AsyncCom.Test.3`]: 'AsyncCom.Test.3',
        [`${hive}\\AsyncCom.Test.3\\CLSID`]: clsid,
        [`${hive}\\AsyncCom.Test`]: 'AsyncCom.Test.3',
        [`${hive}\\AsyncCom.Test\\CLSID`]: clsid,
        [`${hive}\\AsyncCom.Test\\CurVer`]: 'AsyncCom.Test.3',
        ...(perMachine
          ? {
              [`${hive}\\CLSID\\${clsid} AppID`]: clsid,
              [`${hive}\\AppID\\${clsid}`]: 'AsyncCom.Test.3',
              [`${hive}\\AppID\\${clsid} AppIDFlags`]: 2,
            }
          : {}),
      });
      const [node, option, main = '', ...rest] = argumentsOf(String(line));
      assert.deepEqual([node, option], [process.execPath, '--enable-source-maps']);
      assert.ok(existsSync(main), main);
      assert.deepEqual(rest, ['serve', module.path, 'a b']);
    });

    it(`for the ${perMachine ? 'machine' : 'user'} leaves the registry unchanged when it is removed`, async () => {
      using module = await TemporaryModule.write({ clsids: [newClsid(), newClsid()] });
      using other = await TemporaryModule.write({ progId: 'AsyncCom.Test' });
      // Keys that the first registration on this machine creates for good are then in both exports.
      await unregister((await registered(other, { perMachine })).clsid, { perMachine });
      // An export of the machine's classes would take too long.
      const all = exportRegistry('HKCU', 'Software\\Classes');
      const seen = () => exportClasses(...module.clsids, other.clsid);
      const before = seen();
      const asked = { perMachine, proxyStub: standIn };

      const planned = await register(module.path, { ...asked, dryRun: true });
      assert.deepEqual(seen(), before, 'a dry run writes nothing');
      const written = await register(module.path, asked);
      assert.deepEqual(written, planned);
      const after = seen();
      assert.ok(after.length >= before.length + written.length, 'control: it was written');
      for (const { key, name, data } of written) assert.equal(readValue(hive, key, name), data);

      await registered(other, asked);
      const both = seen();
      const going = await unregister('AsyncCom.Test.1', { perMachine, dryRun: true });
      assert.deepEqual(seen(), both, 'a dry run removes nothing');
      assert.deepEqual(await unregister('AsyncCom.Test.1', { perMachine }), going);
      assert.deepEqual(seen(), after, 'what the first needs is there still');
      assert.deepEqual(await unregister(other.clsid, { perMachine }), []);

      await unregister(module.path, { perMachine });
      assert.deepEqual(seen(), before);
      assert.deepEqual(exportRegistry('HKCU', 'Software\\Classes'), all);
    });
  }

  it('for the machine names the key that the account must not write, and writes nothing', async function () {
    const probe = ['HKLM', 'Software\\Classes\\AsyncCom.Probe'] as const;
    if (!isFailure(native.writeRegistryValue(...probe, '', 'x').hresult)) {
      native.deleteRegistryValue(...probe, '');
      native.deleteEmptyRegistryKey(...probe);
      skip(this, 'this account may write there');
    }
    using module = await TemporaryModule.write({ progId: 'AsyncCom.Test' });
    const before = exportClasses(module.clsid);
    await assert.rejects(register(module.path, { ...noDll, perMachine: true }), {
      name: 'ComError',
      code: 'E_ACCESSDENIED',
      message: /^HKLM\\Software\\Classes\\.*: RegCreateKeyExW failed with/,
    });
    assert.deepEqual(exportClasses(module.clsid), before);
  });

  it('keeps values of other programs in its keys when it is removed', async () => {
    using module = await TemporaryModule.write({ progId: 'AsyncCom.Test' });
    const { clsid } = module;
    const before = exportClasses(clsid);
    await register(module.path, noDll);
    const theirs = [
      { hive: 'HKCU', key: `Software\\Classes\\CLSID\\${clsid}\\Theirs`, name: '', data: 'x' },
      { hive: 'HKCU', key: 'Software\\Classes\\AsyncCom.Test\\CLSID', name: '', data: newClsid() },
    ] as const;
    writeEntries(theirs);
    await unregister(clsid);
    assert.equal(readText('HKCU', theirs[0].key), 'x');
    assert.equal(readText('HKCU', theirs[1].key), theirs[1].data);
    assert.equal(readText('HKCU', `Software\\Classes\\CLSID\\${clsid}\\LocalServer32`), undefined);
    assert.equal(readText('HKCU', 'Software\\Classes\\AsyncCom.Test.1\\CLSID'), undefined);

    const rest = ['', '\\CurVer'].map((below) => ({
      hive: 'HKCU' as const,
      key: `Software\\Classes\\AsyncCom.Test${below}`,
      name: '',
    }));
    remove(planRemoval([...theirs, ...rest]));
    assert.deepEqual(exportClasses(clsid), before);
  });

  it('does not overwrite a CLSID or a ProgID of another program', async () => {
    using module = await TemporaryModule.write({ progId: 'AsyncCom.Test' });
    const before = exportClasses(module.clsid);
    const taken: readonly (readonly [key: string, data: string, said: RegExp])[] = [
      [
        `CLSID\\${module.clsid}`,
        'theirs',
        /^the CLSID is registered already, and not by async-com/,
      ],
      [
        'AsyncCom.Test\\CLSID',
        newClsid(),
        /^the ProgID AsyncCom\.Test belongs to another class, \{/,
      ],
    ];
    for (const [key, data, message] of taken) {
      const theirs = [{ hive: 'HKCU', key: `Software\\Classes\\${key}`, name: '', data }] as const;
      writeEntries(theirs);
      const taken = exportClasses(module.clsid);
      await assert.rejects(register(module.path, noDll), { name: 'Error', message });
      assert.deepEqual(await unregister(module.path), []);
      assert.deepEqual(exportClasses(module.clsid), taken);
      remove(planRemoval(theirs));
    }
    assert.deepEqual(exportClasses(module.clsid), before);
    await register(module.path, noDll);
    await unregister(module.path);
    assert.deepEqual(exportClasses(module.clsid), before, 'control');
  });

  it('replaces an earlier registration of the same class completely', async () => {
    const clsid = newClsid();
    using one = await TemporaryModule.write({ clsids: [clsid], progId: 'AsyncCom.Test.1' });
    using two = await TemporaryModule.write({ clsids: [clsid], progId: 'AsyncCom.Other.2' });
    const before = exportClasses(clsid);
    await register(two.path, noDll);
    const wanted = exportClasses(clsid);
    await unregister(clsid);
    await register(one.path, noDll);
    await register(two.path, noDll);
    assert.deepEqual(exportClasses(clsid), wanted);
    await register(two.path, noDll);
    assert.deepEqual(exportClasses(clsid), wanted);
    await unregister(clsid);
    assert.deepEqual(exportClasses(clsid), before);
  });

  it('keeps the proxy/stub that other registrations need when it is removed', async () => {
    using one = await TemporaryModule.write();
    using two = await TemporaryModule.write();
    const before = exportClasses(one.clsid, two.clsid);
    await register(one.path, { proxyStub: 'README.md' });
    await register(two.path, { proxyStub: standIn });
    const key = `Software\\Classes\\CLSID\\${proxyStubClsid}\\InprocServer32`;
    assert.equal(readText('HKCU', key), standIn);
    await unregister(two.clsid);
    assert.equal(readText('HKCU', key), resolve('README.md'));
    await unregister(one.clsid);
    assert.deepEqual(exportClasses(one.clsid, two.clsid), before);
  });

  it('adds the asynchronous mapping, and removes it again', async () => {
    using module = await TemporaryModule.write();
    const had = await hasAsyncMapping();
    await register(module.path, { ...noDll, perMachine: true });
    assert.equal(await hasAsyncMapping(), true);
    await unregister(module.path, { perMachine: true });
    assert.equal(await hasAsyncMapping(), had);
  });

  it('is rejected when the proxy/stub does not exist', async () => {
    using module = await TemporaryModule.write();
    await assert.rejects(register(module.path, { dryRun: true, proxyStub: 'no-such.dll' }), {
      name: 'Error',
      message: /^the proxy\/stub DLL does not exist: .*\\no-such\.dll/,
    });
    assert.match(defaultProxyStub(), /\\build\\Release\\async_com_ps\.dll$/);
  });

  it('is rejected for a module that does not exist or exports no servers', async () => {
    await assert.rejects(register('no-such.mjs', noDll), {
      message: /^there is no module .*no-such/,
    });
    await assert.rejects(register('package.json', noDll));
    assert.deepEqual(await unregister('No.Such.Class'), []);
    await assert.rejects(unregister('no such class'), { name: 'TypeError' });
  });

  it('cannot be removed by the path of a module that does not exist', async () => {
    const names = [
      'acme.mjs',
      'no-such.js',
      'a b.cjs',
      'Acme.TS',
      'no\\such',
      './no-such',
      'C:\\x',
    ];
    for (const name of names) {
      await assert.rejects(
        unregister(name),
        {
          name: 'Error',
          message: `there is no module ${resolve(name)}: use its CLSID or its ProgID`,
        },
        name,
      );
    }
    for (const name of ['mjs', 'Acme.mjsx', 'Acme.Files']) {
      assert.deepEqual(await unregister(name), [], `${name} is a ProgID`);
    }
  });

  it('can be removed by a ProgID that ends like a file name', async () => {
    using module = await TemporaryModule.write({ progId: 'AsyncCom.Js' });
    const before = exportClasses(module.clsid);
    await register(module.path, noDll);
    assert.ok((await unregister('AsyncCom.Js')).length > 0);
    assert.deepEqual(exportClasses(module.clsid), before);
  });

  it('is rejected for two servers with the same CLSID or ProgID', async () => {
    const clsid = newClsid();
    using same = await TemporaryModule.write({ clsids: [clsid, clsid.toUpperCase()] });
    await assert.rejects(register(same.path, noDll), {
      message: /^two servers of the module have/,
    });
    using named = await TemporaryModule.write({
      clsids: [newClsid(), newClsid()],
      progId: 'AsyncCom.Test',
    });
    await assert.rejects(register(named.path, noDll), {
      message: /: asynccom\.test\.1$/,
    });
  });

  it('names the argument that is not valid', async () => {
    const bad: readonly (readonly [name: string, options: unknown])[] = [
      ['options.perMachine', { perMachine: 1 }],
      ['options.dryRun', { dryRun: 'yes' }],
      ['options.args', { args: 'a' }],
      ['options.args', { args: [1] }],
      ['options.args', { args: ['a\0b'] }],
      ['options.nodeOptions', { nodeOptions: [null] }],
      ['options.proxyStub', { proxyStub: true }],
    ];
    for (const [name, options] of bad) {
      await assert.rejects(
        register(standIn, { proxyStub: standIn, ...(options as RegisterOptions) }),
        ({ name: type, message }: Error) =>
          type === 'TypeError' && message.startsWith(`${name} must`),
        name,
      );
    }
    for (const options of ['x', null, 5, true] as unknown[]) {
      const expected = { name: 'TypeError', message: 'options must be an object' };
      await assert.rejects(register(standIn, options as RegisterOptions), expected);
      await assert.rejects(unregister('Acme.Files', options as UnregisterOptions), expected);
    }
    await assert.rejects(register(5 as never), { name: 'TypeError', message: /^module must/ });
    await assert.rejects(unregister(''), { name: 'TypeError', message: /^name must/ });
  });
});

describe('async-com unregister', function () {
  this.timeout(60_000);

  const failures: readonly (readonly [what: string, args: readonly string[], said: RegExp])[] = [
    [
      'a module does not exist',
      ['acme.mjs'],
      /^error: there is no module .*\\acme\.mjs: use its CLSID or its ProgID\r?\n$/,
    ],
    [
      'a ProgID is not registered',
      ['No.Such.Class'],
      /^error: async-com has not registered No\.Such\.Class for this user\. .* With --machine, /,
    ],
    [
      'a CLSID is not registered',
      [newClsid(), '--machine'],
      /^error: async-com has not registered \{.*\} for all users\. .* Without --machine, /,
    ],
  ];
  for (const [what, args, said] of failures) {
    it(`fails when ${what}`, () => {
      const { status, stdout, stderr } = runUnregister(...args);
      assert.match(stderr, said);
      assert.deepEqual({ status, stdout }, { status: 1, stdout: '' });
    });
  }

  it('exits with 0 when it has removed something', async () => {
    using module = await TemporaryModule.write();
    await register(module.path, noDll);
    const { status, stdout, stderr } = runUnregister(module.path);
    assert.match(stdout, /Removed \d+ values and \d+ keys\.\r?\n$/);
    assert.deepEqual({ status, stderr }, { status: 0, stderr: '' });
  });
});

function runUnregister(...args: string[]) {
  return spawnSync(process.execPath, ['dist/cli/main.js', 'unregister', ...args], {
    encoding: 'utf8',
  });
}

describe('the identifiers of a registration', () => {
  it('are the same as in the IDL', () => {
    const idl = readFileSync('native/idl/method_call.idl', 'utf8');
    const inIdl = [...idl.matchAll(/uuid\(([0-9A-F-]+)\)/g)].map(([, uuid = '']) => `{${uuid}}`);
    assert.deepEqual(inIdl, [
      methodCallIid,
      asyncMethodCallIid,
      callCancellationIid,
      proxyStubClsid,
    ]);
  });
});

describe('a ProgID', () => {
  it('has one form with a version and one form without', () => {
    assert.deepEqual(progIdsOf('Acme.Files.2'), ['Acme.Files.2', 'Acme.Files']);
    assert.deepEqual(progIdsOf('Acme.Files'), ['Acme.Files.1', 'Acme.Files']);
    assert.deepEqual(progIdsOf('Acme.1'), ['Acme.1.1', 'Acme.1']);
    assert.deepEqual(progIdsOf('Acme'), ['Acme.1', 'Acme']);
  });
});

async function registered(module: TemporaryModule, options: RegisterOptions) {
  await register(module.path, { ...noDll, ...options });
  return module;
}
