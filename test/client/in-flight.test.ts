import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

import { Child } from '../support/child.js';
import { DoubleClient, type DoubleOptions } from '../support/double-client.js';
import { until } from '../support/until.js';

/** What a client process may have more than when idle. */
const mostThreads = 8;

const many = 2000;

/** How many threads a new client process has more than when idle, while its calls are in flight. */
async function threadsOfCalls(
  options: DoubleOptions,
  how: 'call' | 'createCall' = 'call',
  count = many,
): Promise<number> {
  await using client = await Child.start('in-flight-client');
  const counted = await client.ask('threadsOfCalls', options, count, how);
  const { idle, inFlight } = counted as Record<'idle' | 'inFlight', number>;
  return inFlight - idle;
}

describe('2,000 calls in flight from one client', function () {
  this.timeout(120_000);

  for (const how of ['call', 'createCall'] as const) {
    it(`take at most 8 threads more than when idle: Connection.${how}()`, async () => {
      const during = await threadsOfCalls({}, how);
      assert.ok(during <= mostThreads, `${String(during)} threads more`);
    });
  }

  it('take no thread each when COM does not aggregate its call objects', async () => {
    const during = await threadsOfCalls({ aggregates: false });
    // The thread pool of Wine needs one thread for 63 handles. That of Windows needs none.
    const forHandles = Math.ceil(many / 63);
    assert.ok(during <= mostThreads + forHandles, `${String(during)} threads more`);
  });

  it('end at once when they are cancelled', async () => {
    const double = new DoubleClient();
    const controller = new AbortController();
    const calls = Array.from({ length: many }, () =>
      double.connection.call({ method: 'held', signal: controller.signal }),
    );
    await double.holds(many);
    controller.abort();
    const settled = await Promise.allSettled(calls);
    assert.ok(settled.every(({ status }) => status === 'rejected'));
    await until(() => double.counts.finished === many, 'every call is finished');
    await double.close();
    assert.deepEqual(double.counts.wrong, []);
  });
});

describe('calls that block a thread each (control)', function () {
  this.timeout(120_000);

  for (const how of ['call', 'createCall'] as const) {
    it(`take more than 8 threads: Connection.${how}()`, async () => {
      const blocking = { aggregates: false, synchronizeHandle: false };
      const during = await threadsOfCalls(blocking, how, 100);
      assert.ok(during > mostThreads, `${String(during)} threads more`);
    });
  }
});

describe('the calls in flight of a peer', function () {
  this.timeout(120_000);

  it('are 8,192 at a time, and further calls wait', async () => {
    const double = new DoubleClient();
    const most = 8192;
    const extra = 20;
    const calls = Array.from({ length: most + extra }, (_, key) =>
      double.connection.call('held', key),
    );
    await double.holds(most);
    const last = calls.at(-1);
    const other = new DoubleClient();
    assert.deepEqual(await other.connection.call('echo', 1), [1], 'calls to another go on');
    assert.equal(double.counts.begun, most);
    double.letGo();
    await double.holds(extra);
    double.letGo();
    await Promise.all(calls);
    assert.deepEqual(await last, [most + extra - 1]);
    await Promise.all([double.close(), other.close()]);
  });
});

describe('a worker that ends while its calls are in flight', function () {
  this.timeout(60_000);

  it('cancels them', async () => {
    const double = new DoubleClient();
    const count = 50;
    const worker = new Worker(new URL('../fixtures/double-worker.js', import.meta.url), {
      workerData: { name: double.name, count },
    });
    await once(worker, 'message');
    await double.holds(2 * count);
    await worker.terminate();
    await until(() => double.counts.cancelled === 2 * count, 'every call is cancelled');
    await double.close();
    assert.deepEqual(double.counts.wrong, []);
  });
});
