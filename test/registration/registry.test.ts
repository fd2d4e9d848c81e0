import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';

import { native } from '#lib/native/addon.js';
import { valueOf } from '#lib/errors/outcome.js';
import {
  planRemoval,
  readKey,
  readValue,
  remove,
  writeEntries,
} from '#lib/registration/registry.js';
import type { RegistryEntry } from '#lib/registration/entries.js';

import { exportRegistry } from '../support/registry.js';

const hive = 'HKCU';

describe('the registry functions', () => {
  let root = '';
  const entry = (key: string, name: string, data: string | number): RegistryEntry => ({
    hive,
    key: `${root}\\${key}`,
    name,
    data,
  });

  beforeEach(() => {
    root = `Software\\Classes\\AsyncCom.Test.${randomUUID()}`;
  });

  afterEach(() => {
    const keys = exportRegistry(hive, root).filter((line) => line.startsWith('['));
    for (const key of keys.reverse()) {
      const path = key.slice(`[${hive}\\`.length, -1);
      for (const { name } of readKey(hive, path)?.values ?? []) {
        native.deleteRegistryValue(hive, path, name);
      }
      native.deleteEmptyRegistryKey(hive, path);
    }
    assert.equal(readKey(hive, root), null);
  });

  it('read what they have written', () => {
    const data = ['', 'text', 'ü漢字😀', ' "quoted" \\', 'x'.repeat(3000), 0, 1, 0xffffffff];
    writeEntries(data.map((one, index) => entry('a\\b', index === 0 ? '' : `ü ${index}`, one)));
    for (const [index, one] of data.entries()) {
      assert.equal(readValue(hive, `${root}\\a\\b`, index === 0 ? '' : `Ü ${index}`), one);
    }
    assert.deepEqual(readKey(hive, `${root}\\a`), { values: [], subkeys: ['b'] });
    assert.equal(readKey(hive, `${root}\\c`), null);
    assert.equal(readValue(hive, `${root}\\c`), undefined);
  });

  it('restore the earlier state when a list of entries cannot be written completely', () => {
    writeEntries([entry('kept', '', 'before'), entry('kept', 'number', 7)]);
    const before = exportRegistry(hive, root);
    const list = [
      entry('kept', '', 'after'),
      entry('kept', 'number', 'a text'),
      entry('new\\deep\\key', 'name', 'x'),
      entry('new\\deep', '', 'x'),
    ];
    // The registry does not allow a name of this length.
    const refused = entry('new\\other', 'x'.repeat(20_000), 'x');
    assert.throws(
      () => {
        writeEntries([...list, refused]);
      },
      ({ name, message }: Error) =>
        name === 'ComError' && message.startsWith(`HKCU\\${refused.key}: RegSetValueExW failed`),
    );
    assert.deepEqual(exportRegistry(hive, root), before);
    writeEntries(list);
    assert.notDeepEqual(exportRegistry(hive, root), before, 'control');
  });

  it('remove only what is planned, and keep values of other programs', () => {
    const list = [
      entry('ours\\deep', '', 'x'),
      entry('ours\\deep', 'name', 'x'),
      entry('ours', '', 'x'),
      entry('shared', 'ours', 'x'),
      entry('holder\\ours', '', 'x'),
    ];
    const theirs = [entry('shared', 'theirs', 'y'), entry('holder\\theirs', '', 'y')];
    writeEntries(theirs);
    const before = exportRegistry(hive, root);
    writeEntries(list);
    const plan = planRemoval([...list, entry('nowhere', '', 'x')]);
    assert.equal(plan.values.length, list.length);
    assert.deepEqual(
      plan.keys.map(({ key }) => key.slice(root.length + 1)),
      ['ours\\deep', 'holder\\ours', 'ours'],
    );
    remove(plan);
    assert.deepEqual(exportRegistry(hive, root), before);
    remove(planRemoval(theirs));
    assert.equal(readKey(hive, root), null);
  });

  it('do not remove a key that is not empty', () => {
    writeEntries([entry('a\\b', '', 'x')]);
    assert.equal(valueOf(native.deleteEmptyRegistryKey(hive, `${root}\\a`)), false);
    assert.equal(valueOf(native.deleteEmptyRegistryKey(hive, `${root}\\a\\b`)), false);
    assert.equal(valueOf(native.deleteRegistryValue(hive, `${root}\\a\\b`, '')), true);
    assert.equal(valueOf(native.deleteRegistryValue(hive, `${root}\\a\\b`, '')), false);
    assert.equal(valueOf(native.deleteEmptyRegistryKey(hive, `${root}\\a\\b`)), true);
    assert.equal(valueOf(native.deleteEmptyRegistryKey(hive, `${root}\\a\\b`)), false);
  });
});
