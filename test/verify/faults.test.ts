import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { sceneDeadline } from '#lib/verify/scene/run-rule.js';
import { Verification } from '#lib/verify/verification.js';

import { testAddonEnv } from '../support/test-addon.js';
import { expectedVerdict } from './expected.js';
import { faults, keptEverywhere, reasons, runAll, securityFaults, testFaults } from './faults.js';

// Negative controls: every rule can fail. faults.long.test.ts shows that a fault breaks no other rule.
describe('a fault of the test addon', function () {
  // verify gives up a scene that does not end before this time.
  this.timeout(2 * sceneDeadline);

  let verification: Verification;

  before(async function () {
    verification = await Verification.start(testAddonEnv);
  });

  after(() => verification.close());

  testFaults(
    '',
    () => verification,
    (id) => [id],
  );

  it('leaves every rule as it was before when it is removed', async () => {
    const reports = await runAll(verification, keptEverywhere);
    assert.deepEqual(
      reports.map(({ verdict }) => verdict),
      keptEverywhere.map((id) => expectedVerdict(id, verification.host)),
      reasons(reports),
    );
  });

  it('exists for every rule about impersonation and calls', () => {
    assert.deepEqual([...new Set(faults.map(([, id]) => id))], keptEverywhere);
  });

  it('is not in the released addon, and neither is the other code of native/testing', async () => {
    const [released, test] = await Promise.all([
      readFile('build/Release/async_com.node', 'latin1'),
      readFile('build/tests/build/Release/async_com.node', 'latin1'),
    ]);
    const names = await namesInTestingRoom();
    assert.ok(names.length > 10, names.join(', '));
    for (const name of [...[...faults, ...securityFaults].map(([fault]) => fault), ...names]) {
      assert.ok(test.includes(name), `${name} is in the test addon`);
      assert.ok(!released.includes(name), `${name} is not in the released addon`);
    }
  });
});

/**
 * Returns the names of the exports and of the classes with virtual functions. A compiler writes both
 * into the binary.
 */
async function namesInTestingRoom(): Promise<string[]> {
  const folder = 'native/testing';
  const files = (await readdir(folder, { recursive: true })).filter((file) =>
    file.endsWith('.cpp'),
  );
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  return texts.flatMap((text) =>
    [/^class (\w+) (?:final )?:/gm, /exports\.Set\("(\w+)"/g].flatMap((pattern) =>
      [...text.matchAll(pattern)].map(([, name = '']) => name),
    ),
  );
}
