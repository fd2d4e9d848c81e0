import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';

import { retrySpawn } from '#lib/ipc/start-new-process.js';
import { newClsid } from '#lib/value/identifiers.js';
import { Child, endChildren } from '../support/child.js';
import { LineProgram } from '../support/line-program.js';
import { proxyStubDll } from '../support/proxy-stub-registry.js';
import { randomNumbers } from '../support/random.js';
import { skip } from '../support/skip.js';
import { testAddon } from '../support/test-addon.js';
import { until } from '../support/until.js';
import { wordsOf } from '../support/variant-words.js';

/** How many clients die. More of them show how often a death is not noticed. */
const clients = Number(process.env['ASYNC_COM_CLIENTS'] ?? 100);

/** A client is killed at a random moment before this, in milliseconds after it was told to call. */
const latest = Number(process.env['ASYNC_COM_LATEST_DEATH'] ?? 300);

const clientsAtATime = 8;

/** How the handlers hold their calls: see the fixture. */
const ways = [
  'hold',
  'holdLent',
  'holdAsClient',
  'holdWithoutBegin',
  'holdAfterBegin',
  'holdSignalled',
];

interface Counts {
  readonly arrived: number;
  readonly cancelledBefore: number;
  readonly told: Readonly<Record<string, number>>;
  readonly holding: readonly string[];
  readonly inProgress: number;
}

describe('the death of a client', function () {
  afterEach(endChildren);

  it(`is told to the handler of every call that has arrived, for ${String(clients)} clients that die around that moment`, async function () {
    this.timeout(20_000 + clients * 500);
    const random = randomNumbers(20261124);
    const processIds = new Set<number | undefined>();
    let started = 0;
    let arrivedAtAll = 0;
    let servers = 0;
    const withOneServer = async () => {
      const server = await DeathServer.start();
      let reachable = true;
      const one = async () => {
        const way = ways[started++ % ways.length] ?? '';
        const client = startClient(server.clsid);
        processIds.add(client.pid);
        if ((await client.next()) === 'ready') {
          client.write(`1 ${wordsOf(way)}`);
          await delay(random() * latest);
        } else {
          reachable = false;
        }
        client.kill();
        await client.exited;
      };
      const oneAfterAnother = async () => {
        while (reachable && started < clients) await one();
      };
      await Promise.all(Array.from({ length: clientsAtATime }, oneAfterAnother));
      const { arrived, told, holding, inProgress } = await server.countsAtEnd();
      assert.deepEqual({ holding, inProgress }, { holding: [], inProgress: 0 });
      assert.deepEqual(told, arrived === 0 ? {} : { RPC_E_CLIENT_DIED: arrived });
      arrivedAtAll += arrived;
      ++servers;
    };
    // When a client dies while it connects, Wine's server sometimes lets nobody connect any more.
    while (started < clients) await withOneServer();
    console.log(
      `        ${arrivedAtAll} calls arrived; ${processIds.size} process ids; ${servers} servers`,
    );
    assert.ok(arrivedAtAll > 0);
  });

  it('is told with the call itself if the client has died before its call arrives', async function () {
    this.timeout(60_000);
    const server = await DeathServer.start();
    // The object has a second client. Otherwise it would end with the first.
    const lives = await Child.start('handing-client');
    assert.equal(await lives.ask('connect', server.clsid), 'S_OK');
    // Nothing says when the call has left the client. If it has not, there is another attempt.
    for (let time = 250; time <= 2_000 && (await server.counts()).arrived === 0; time *= 2) {
      const reference = (await lives.ask('reference')) as string;
      const dies = await Child.start('handing-client');
      // By now it has a connection to the process. That has carried no call to this object yet.
      assert.equal(await dies.ask('connect', server.clsid), 'S_OK');
      await dies.ask('adoptOnly', reference);
      testAddon.suspendProcess(server.pid);
      await dies.ask('begin', 'hold');
      await delay(time);
      await dies.kill();
      testAddon.resumeProcess(server.pid);
      await delay(500);
    }
    const { arrived, cancelledBefore, told, inProgress } = await server.countsAtEnd();
    if (arrived === 0) skip(this, 'COM drops the calls of a client that has died');
    assert.deepEqual(
      { cancelledBefore, told, inProgress },
      { cancelledBefore: arrived, told: { RPC_E_CLIENT_DIED: arrived }, inProgress: 0 },
    );
  });

  it('is told only to the handlers of its own calls (control)', async function () {
    this.timeout(30_000);
    const server = await DeathServer.start();
    const [dies, lives] = [startClient(server.clsid), startClient(server.clsid)];
    for (const client of [dies, lives]) {
      assert.equal(await client.next(), 'ready');
      client.write(`1 ${wordsOf('hold')}`);
    }
    await until(async () => (await server.counts()).arrived === 2, 'both calls have arrived');
    dies.kill();
    const isTold = async () => (await server.counts()).inProgress === 1;
    await until(isTold, 'one call is over');
    lives.kill();
    assert.deepEqual((await server.countsAtEnd()).told, { RPC_E_CLIENT_DIED: 2 });
  });
});

class DeathServer {
  readonly clsid: string;
  readonly #child: Child;

  private constructor(clsid: string, child: Child) {
    this.clsid = clsid;
    this.#child = child;
  }

  static async start(): Promise<DeathServer> {
    const clsid = newClsid();
    return new DeathServer(clsid, await Child.start('client-death-server', clsid));
  }

  get pid(): number {
    return this.#child.pid;
  }

  async counts(): Promise<Counts> {
    return (await this.#child.ask('counts')) as Counts;
  }

  /** Waits until no call is in progress. Returns the last counts, even if one still is. */
  async countsAtEnd(): Promise<Counts> {
    const isIdle = async () => (await this.counts()).inProgress === 0;
    await until(isIdle, 'no call is in progress').catch(() => undefined);
    return this.counts();
  }
}

/** Starts a client. Its process may have the id of one that has died. */
function startClient(clsid: string): LineProgram {
  return new LineProgram('interop_sync_client', [clsid, proxyStubDll], retrySpawn);
}
