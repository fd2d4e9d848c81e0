import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

import { native } from '#lib/native/addon.js';

import { skip } from '../support/skip.js';

interface Result {
  readonly units: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly growth: object;
}

interface Packets {
  readonly packets: { judge(all: Result): readonly string[] };
  readonly startPackets: (
    env?: NodeJS.ProcessEnv,
  ) => Promise<AsyncDisposable & { runBatch(seed: number, units: number): Promise<Result> }>;
}

// The soak imports helpers of the tests. So the tests cannot import it in the usual way.
const { packets, startPackets } = (await import(
  pathToFileURL(resolve('.cache/soak-build/parts/packets.js')).href
)) as Packets;

describe('the hostile packets of the soak', function () {
  this.timeout(60_000);

  before(function () {
    if (native.wineVersion() === null) skip(this, 'it was not tried on Windows yet');
  });

  it('reach async-com in at least half of the cases, and leave nothing', async () => {
    await using part = await startPackets();
    const result = await part.runBatch(1, 400);
    assert.deepEqual(packets.judge(result), []);
    assert.ok((result.counts['server: answered'] ?? 0) > 100, 'the server answered');
    assert.ok((result.counts['client: resolved'] ?? 0) > 100, 'the client got values');
  });

  it('show an object that a server keeps of each call (control)', async () => {
    await using part = await startPackets({ ASYNC_COM_FAULT: 'leak-server-call' });
    await assert.rejects(part.runBatch(1, 400), /COM objects are left/);
  });

  it('do not pass when few of them reach async-com, or a process grows (control)', () => {
    const result = { units: 1000, counts: { reached: 499 }, growth: {} };
    assert.match(packets.judge(result).join(), /only 499 of 1000 packets reached async-com/);
    const none = { units: 1000, handles: 0, threads: 0, bytes: 0 };
    for (const [what, much] of [
      ['handles', 1000],
      ['threads', 100],
      ['bytes', 2 ** 26],
    ] as const) {
      const grown = {
        units: 1000,
        counts: { reached: 1000 },
        growth: { 'TypeScript server': { ...none, [what]: much }, 'C++ server': none },
      };
      assert.match(packets.judge(grown).join(), new RegExp(`more ${what}`));
    }
  });
});
