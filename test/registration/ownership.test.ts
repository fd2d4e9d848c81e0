import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { register, type RegistryEntry, type RegistryPlace, unregister } from 'async-com';

import { native } from '#lib/native/addon.js';
import {
  asyncMethodCallIid,
  clsidKey,
  hiveOf,
  mappingUsersKey,
  methodCallIid,
  proxyStubClsid,
  registeredClassesKey,
} from '#lib/registration/entries.js';
import { hasAsyncMapping, useAsyncMapping } from '#lib/registration/async-mapping.js';
import {
  planRemoval,
  readKey,
  readText,
  readValue,
  remove,
  writeEntries,
} from '#lib/registration/registry.js';

import { newClsid } from '#lib/value/identifiers.js';
import { perMachine, TemporaryModule } from '../support/registered-module.js';
import { exportClasses } from '../support/registry.js';

const classes = 'Software\\Classes';
/** Files in place of DLLs. These tests register them and do not load them. */
const [one, two] = [resolve('package.json'), resolve('README.md')];
const noDll = { proxyStub: false } as const;
const inproc = `${clsidKey(proxyStubClsid)}\\InprocServer32`;
const mapping = `${classes}\\Interface\\${methodCallIid}\\AsynchronousInterface`;
const otherMapping = `${classes}\\Interface\\${asyncMethodCallIid}\\SynchronousInterface`;

describe('a registration touches only its own', function () {
  this.timeout(120_000);
  let before: string[] = [];
  let clsids: string[] = [];
  let undo: RegistryPlace[] = [];
  const seen = () => exportClasses(...clsids);

  /** Writes what another program, or an administrator, writes. It is removed after the test. */
  const theirs = (key: string, name: string, data: string | number, hive = 'HKCU') => {
    const entry = { hive, key: key.replace(/^~/, classes), name, data } as RegistryEntry;
    writeEntries([entry]);
    undo.push(entry);
    return entry;
  };

  const isThere = ({ hive, key, name, data }: RegistryEntry) => {
    assert.equal(readValue(hive, key, name), data, `${key} ${name}`);
  };

  const places = (list: readonly RegistryPlace[]) =>
    list.map(({ key, name = '' }) => `${key.replace(`${classes}\\`, '')} ${name}`.trim()).sort();

  const written = async (progId?: string, clsid = newClsid()) => {
    const module = await TemporaryModule.write({
      clsids: [clsid],
      ...(progId === undefined ? {} : { progId }),
    });
    clsids.push(clsid);
    return module;
  };

  beforeEach(() => {
    clsids = [];
    undo = [];
    before = exportClasses();
  });

  afterEach(() => {
    remove(planRemoval(undo as RegistryEntry[]));
    assert.deepEqual(exportClasses(), before);
  });

  it("keeps an administrator's AppID and its values", async () => {
    using module = await written('AsyncCom.Test');
    const appId = `~\\AppID\\${module.clsid}`;
    const admins = [
      theirs(appId, '', 'of the administrator', 'HKLM'),
      theirs(appId, 'AppIDFlags', 0, 'HKLM'),
      theirs(appId, 'AuthenticationLevel', 6, 'HKLM'),
    ];
    const asBefore = seen();
    const options = { ...noDll, perMachine: true };
    const planned = await register(module.path, { ...options, dryRun: true });
    const result = await register(module.path, options);
    admins.forEach(isThere);
    await register(module.path, options);
    admins.forEach(isThere);
    const removed = await unregister(module.path, { perMachine: true });
    admins.forEach(isThere);
    assert.deepEqual(seen(), asBefore);
    for (const list of [planned, result, removed]) {
      assert.deepEqual(
        list.left,
        admins.slice(0, 2).map((entry) => ({ ...entry, reason: 'there before' })),
      );
    }
  });

  it('keeps what somebody adds to the AppID, and the values that somebody changes', async () => {
    using module = await written();
    await register(module.path, { ...noDll, perMachine: true });
    const changed = [
      theirs(`~\\AppID\\${module.clsid}`, 'AppIDFlags', 6, 'HKLM'),
      theirs(`~\\CLSID\\${module.clsid}\\LocalServer32`, '', 'their.exe', 'HKLM'),
    ];
    const planned = await unregister(module.path, { perMachine: true, dryRun: true });
    const removed = await unregister(module.path, { perMachine: true });
    changed.forEach(isThere);
    assert.deepEqual(removed, planned);
    for (const { left } of [removed, planned]) {
      assert.deepEqual(places(left), places(changed));
      assert.ok(left.every(({ reason }) => reason === 'changed'));
    }
  });

  it('keeps a file type that has the name of the ProgID', async () => {
    using module = await written('AsyncCom.Test');
    const type = [
      theirs('~\\AsyncCom.Test', '', 'a kind of file'),
      theirs('~\\AsyncCom.Test\\shell\\open\\command', '', 'viewer.exe %1'),
      theirs('~\\AsyncCom.Test\\CurVer', '', 'AsyncCom.Test.7'),
    ];
    const asBefore = seen();
    const { left } = await register(module.path, noDll);
    type.forEach(isThere);
    assert.equal(readText('HKCU', `${classes}\\AsyncCom.Test\\CLSID`), module.clsid);
    assert.deepEqual(places(left), ['AsyncCom.Test', 'AsyncCom.Test\\CurVer']);
    await register(module.path, noDll);
    type.forEach(isThere);
    const removed = await unregister(module.path);
    assert.deepEqual(seen(), asBefore);
    assert.deepEqual(places(removed.left), ['AsyncCom.Test', 'AsyncCom.Test\\CurVer']);
  });

  it('keeps a key that was there before, even when it is empty', async () => {
    using module = await written('AsyncCom.Test');
    const probe = theirs('~\\AsyncCom.Test.1', 'probe', 'x');
    native.deleteRegistryValue('HKCU', probe.key, 'probe');
    const asBefore = seen();
    await register(module.path, noDll);
    await register(module.path, noDll);
    await unregister(module.path);
    assert.deepEqual(seen(), asBefore);
    native.deleteEmptyRegistryKey('HKCU', probe.key);
  });

  it('keeps an asynchronous mapping that was there before', async () => {
    using module = await written();
    const mine = [theirs(mapping, '', asyncMethodCallIid), theirs(otherMapping, '', methodCallIid)];
    const asBefore = seen();
    const registered = await register(module.path, noDll);
    mine.forEach(isThere);
    const removed = await unregister(module.path);
    mine.forEach(isThere);
    assert.deepEqual(seen(), asBefore);
    for (const { left } of [registered, removed]) assert.deepEqual(places(left), places(mine));
  });

  it('keeps the proxy/stub of another program', async () => {
    using module = await written();
    const mine = [theirs(inproc, '', 'C:\\theirs.dll'), theirs(inproc, 'ThreadingModel', 'Both')];
    const asBefore = seen();
    await register(module.path, { proxyStub: one });
    mine.forEach(isThere);
    await register(module.path, { proxyStub: two });
    mine.forEach(isThere);
    const { left } = await unregister(module.path);
    assert.deepEqual(seen(), asBefore);
    assert.deepEqual(places(left), places(mine));
  });

  it('keeps a proxy/stub that another program has registered since', async () => {
    using module = await written();
    using other = await written();
    await register(module.path, { proxyStub: one });
    await register(other.path, { proxyStub: two });
    const mine = theirs(inproc, '', 'C:\\theirs.dll');
    await unregister(other.path);
    isThere(mine);
    const { left } = await unregister(module.path);
    isThere(mine);
    assert.deepEqual(left, [{ ...mine, reason: 'changed' }]);
  });

  it('is refused where somebody has changed a value since, and names the value', async () => {
    using module = await written('AsyncCom.Test');
    for (const key of [
      `${clsidKey(module.clsid)}\\LocalServer32`,
      clsidKey(module.clsid),
      `${classes}\\AsyncCom.Test`,
      inproc,
      mapping,
    ]) {
      await register(module.path, { proxyStub: one });
      const ours = readText('HKCU', key) ?? '';
      const mine = theirs(key, '', 'theirs');
      const changed = seen();
      for (const dryRun of [true, false]) {
        await assert.rejects(register(module.path, { proxyStub: two, dryRun }), (error: Error) => {
          assert.equal(error.name, 'Error');
          assert.ok(
            error.message.startsWith(
              `somebody has changed a value that async-com wrote: HKCU\\${key} (Default) = theirs.`,
            ),
            error.message,
          );
          return true;
        });
        assert.deepEqual(seen(), changed);
      }
      writeEntries([{ ...mine, data: ours }]);
      await register(module.path, { proxyStub: two });
      const { left } = await unregister(module.path);
      assert.deepEqual([left, seen()], [[], before], `control: ${key}`);
    }
  });

  it('hands what it wrote for others on to them', async () => {
    using module = await written();
    using other = await written();
    const mine = theirs(mapping, '', asyncMethodCallIid);
    await register(module.path, { proxyStub: one });
    native.deleteRegistryValue('HKCU', mine.key, mine.name);
    await register(other.path, { proxyStub: two });
    await unregister(other.path);
    assert.equal(readText('HKCU', mapping), asyncMethodCallIid);
    assert.equal(readText('HKCU', inproc), one);
    await unregister(module.path);
    assert.deepEqual(seen(), before);
  });

  it('removes the proxy/stub when it is registered again without one', async () => {
    using module = await written();
    await register(module.path, noDll);
    const without = seen();
    await unregister(module.path);
    await register(module.path, { proxyStub: one });
    const { removed } = await register(module.path, noDll);
    assert.ok(removed.some(({ key }) => key === inproc));
    const linesOf = (lines: string[]) => lines.map((line) => line.replace(/ = .*Servers.*/, ''));
    assert.deepEqual(linesOf(seen()), linesOf(without));
    await unregister(module.path);
    assert.deepEqual(seen(), before);
  });

  it('of a version that kept no record is removed as it was then', async () => {
    using module = await written('AsyncCom.Test');
    const entries = await register(module.path, { proxyStub: one, perMachine: true, dryRun: true });
    for (const again of [false, true]) {
      writeEntries(
        entries.map((entry) =>
          entry.key === registeredClassesKey ? { ...entry, data: one } : entry,
        ),
      );
      writeEntries([
        {
          hive: 'HKLM',
          key: `${clsidKey(module.clsid)}\\LocalServer32`,
          name: '',
          data: 'changed.exe',
        },
      ]);
      if (again) await register(module.path, { proxyStub: two, perMachine: true });
      const { left } = await unregister(module.path, { perMachine: true });
      assert.deepEqual([left, seen()], [[], before]);
    }
  });

  it('of a version that kept no record does not include an AppID of an administrator', async () => {
    using module = await written();
    const appId = newClsid();
    const admins = [
      theirs(`~\\AppID\\${appId}`, '', 'of the administrator', 'HKLM'),
      theirs(`~\\AppID\\${appId}`, 'AppIDFlags', 0, 'HKLM'),
    ];
    const entries = await register(module.path, { ...noDll, perMachine: true, dryRun: true });
    writeEntries(
      entries.map((entry) =>
        entry.key === registeredClassesKey
          ? { ...entry, data: '' }
          : entry.name === 'AppID'
            ? { ...entry, data: appId }
            : entry,
      ),
    );
    await unregister(module.path, { perMachine: true });
    admins.forEach(isThere);
  });

  it('that was interrupted can be made again, and be removed', async () => {
    const clsid = newClsid();
    using first = await written('AsyncCom.Test.1', clsid);
    using second = await written('AsyncCom.Other.2', clsid);
    await register(second.path, { proxyStub: two });
    const wanted = seen();
    await unregister(clsid);
    for (const earlier of [false, true]) {
      const prepare = async () => {
        if (earlier) await register(first.path, { proxyStub: one });
      };
      const count = await interruptedAtEveryChange(async (interrupted) => {
        await prepare();
        if (!(await interrupted(() => register(second.path, { proxyStub: two })))) return;
        await register(second.path, { proxyStub: two });
        assert.deepEqual(seen(), wanted);
        assert.deepEqual((await unregister(clsid)).left, []);
        assert.deepEqual(seen(), before);
        await prepare();
        await interrupted(() => register(second.path, { proxyStub: two }));
        assert.deepEqual((await unregister(clsid)).left, []);
        assert.deepEqual(seen(), before);
      });
      assert.ok(count > 15, `interrupted at ${String(count)} changes`);
      await unregister(clsid);
    }
  });

  it('whose removal was interrupted can be removed again', async () => {
    using module = await written('AsyncCom.Test');
    using other = await written();
    const count = await interruptedAtEveryChange(async (interrupted) => {
      await register(other.path, { proxyStub: one });
      const withOther = seen();
      await register(module.path, { proxyStub: two });
      if (!(await interrupted(() => unregister('AsyncCom.Test')))) return;
      assert.deepEqual((await unregister('AsyncCom.Test')).left, []);
      assert.deepEqual(seen(), withOther);
      await unregister(other.path);
      assert.deepEqual(seen(), before);
    });
    assert.ok(count > 15, `interrupted at ${String(count)} changes`);
    await unregister(other.path);
  });

  it('shows what it leaves', async () => {
    using module = await written();
    const mine = theirs(mapping, '', asyncMethodCallIid);
    const line = `HKCU\\${mine.key} (Default) = ${asyncMethodCallIid} (there before)`;
    for (const [command, options] of [
      ['register', ['--no-proxy-stub', '--dry-run']],
      ['register', ['--no-proxy-stub']],
      ['unregister', ['--dry-run']],
      ['unregister', []],
    ] as const) {
      const { status, stdout } = spawnSync(
        process.execPath,
        ['dist/cli/main.js', command, module.path, ...options],
        { encoding: 'utf8' },
      );
      assert.equal(status, 0);
      const would = options.includes('--dry-run' as never);
      assert.ok(
        stdout
          .replaceAll('\r\n', '\n')
          .includes(
            `\n\n${would ? 'Would leave' : 'Left'} 1 value that async-com did not write:\n${line}\n`,
          ),
        stdout,
      );
    }
  });

  describe('and the use of the asynchronous mapping by a process', () => {
    const hive = hiveOf(perMachine ? 'machine' : 'user');

    beforeEach(async function () {
      if (await hasAsyncMapping()) this.skip();
    });

    it('keeps the half of the mapping that was there before', async () => {
      const mine = theirs(mapping, '', '{00000000-0000-0000-0000-000000000001}', hive);
      const asBefore = seen();
      const endUse = await useAsyncMapping();
      isThere(mine);
      assert.equal(readText(hive, otherMapping), methodCallIid);
      endUse();
      assert.deepEqual(seen(), asBefore);
    });

    it('removes only what still holds what it wrote', async () => {
      const endUse = await useAsyncMapping();
      const mine = theirs(mapping, '', '{00000000-0000-0000-0000-000000000001}', hive);
      endUse();
      isThere(mine);
      assert.equal(readText(hive, otherMapping), undefined);
    });

    it('can be interrupted', async () => {
      const begun = await interruptedAtEveryChange(async (interrupted) => {
        await interrupted(useAsyncMapping);
        (await useAsyncMapping())();
        assert.deepEqual(seen(), before);
      });
      const ended = await interruptedAtEveryChange(async (interrupted) => {
        const endUse = await useAsyncMapping();
        await interrupted(endUse);
        (await useAsyncMapping())();
        assert.deepEqual(seen(), before);
      });
      assert.ok(begun >= 4 && ended >= 8, `interrupted at ${String([begun, ended])} changes`);
      assert.equal(readKey(hive, mappingUsersKey), null);
    });
  });
});

/**
 * Runs `body` again and again. What `body` passes to `interrupted` ends before its first change of
 * the registry, then before its second, and so on, as if the process had been killed there.
 * `interrupted` returns whether it was.
 *
 * @returns The number of changes.
 */
async function interruptedAtEveryChange(
  body: (interrupted: (step: () => unknown) => Promise<boolean>) => Promise<void>,
): Promise<number> {
  const killed = new Error('killed');
  for (let allowed = 0; ; ++allowed) {
    const seen = { interrupted: false };
    await body(async (step) => {
      const changes = Array.from({ length: allowed }, () => true);
      const real = {
        writeRegistryValue: native.writeRegistryValue.bind(native),
        deleteRegistryValue: native.deleteRegistryValue.bind(native),
        deleteEmptyRegistryKey: native.deleteEmptyRegistryKey.bind(native),
      };
      // What a killed process would do afterwards, such as undoing, has no effect.
      const unlessKilled =
        <Args extends unknown[], Result>(change: (...args: Args) => Result) =>
        (...args: Args): Result => {
          if (changes.pop() === true) return change(...args);
          throw killed;
        };
      Object.assign(native, {
        writeRegistryValue: unlessKilled((...args: Parameters<typeof native.writeRegistryValue>) =>
          real.writeRegistryValue(...args),
        ),
        deleteRegistryValue: unlessKilled(
          (...args: Parameters<typeof native.deleteRegistryValue>) =>
            real.deleteRegistryValue(...args),
        ),
        deleteEmptyRegistryKey: unlessKilled(
          (...args: Parameters<typeof native.deleteEmptyRegistryKey>) =>
            real.deleteEmptyRegistryKey(...args),
        ),
      });
      try {
        await step();
      } catch (error) {
        if (error !== killed) throw error;
        seen.interrupted = true;
      } finally {
        Object.assign(native, real);
      }
      return seen.interrupted;
    });
    if (!seen.interrupted) return allowed;
  }
}
