import assert from 'node:assert/strict';
import { connect } from 'async-com';

import { native } from '#lib/native/addon.js';
import { newClsid } from '#lib/value/identifiers.js';
import type { OneServer } from '../fixtures/many-servers.js';
import { Child, endChildren } from '../support/child.js';
import { LineProgram } from '../support/line-program.js';
import { proxyStubDll } from '../support/proxy-stub-registry.js';
import { until } from '../support/until.js';
import { wordsOf } from '../support/variant-words.js';
import { within } from '../support/within.js';

/** How many calls the clients make, all together. The last 200 are more than a process accepts. */
const calls = 600;

const most = native.mostCallsInProgress;

const retryLater = 'failed 8001010A Call';

const cases: Readonly<Record<string, readonly Omit<OneServer, 'clsid'>[]>> = {
  'two servers whose Begin_ is held': [{ holdBegin: true }, { holdBegin: true }],
  'two servers whose Begin_ returns': [{ holdBegin: false }, { holdBegin: false }],
  'three servers, of both kinds': [{ holdBegin: true }, { holdBegin: false }, { holdBegin: false }],
  'two servers, one of them in a worker thread': [
    { holdBegin: false },
    { holdBegin: false, inWorker: true },
  ],
};

/** The clients of the test that runs. Those of a test that failed would keep this process alive. */
const clients: ManyCalls[] = [];

describe('the calls that a process accepts', function () {
  this.timeout(180_000);
  afterEach(async () => {
    for (const client of clients.splice(0)) client.end();
    await endChildren();
  });

  for (const [what, kinds] of Object.entries(cases)) {
    it(`are ${String(most)} for ${what}, the others are refused at once, and every place comes back`, async () => {
      const busy = kinds.map((kind) => ({ clsid: newClsid(), ...kind }));
      const idle = newClsid();
      const server = await Child.start(
        'many-servers',
        JSON.stringify([...busy, { clsid: idle, holdBegin: false }] satisfies OneServer[]),
      );
      clients.push(...(await Promise.all(busy.map(({ clsid }) => ManyCalls.start(clsid)))));
      for (let time = 0; time < 2; ++time) {
        for (const client of clients) client.begin(calls / clients.length);
        await endedIs(calls - most);
        await heldIs(server, most);
        assert.deepEqual(
          clients.flatMap(({ ended }) => ended),
          Array<string>(calls - most).fill(retryLater),
        );
        using connection = await within(5_000, connect(idle), 'a connection to the idle server');
        await assert.rejects(within(5_000, connection.call('echo', 1), 'its answer'), {
          code: 'RPC_E_SERVERCALL_RETRYLATER',
        });
        await server.ask('release');
        await heldIs(server, 0);
        await endedIs(calls);
        const ended = clients.flatMap((client) => client.takeEnded());
        assert.equal(ended.filter((one) => one === retryLater).length, calls - most);
        assert.equal(ended.filter((one) => one.startsWith('value')).length, most);
        assert.deepEqual(await connection.call('echo', 1), [1]);
      }
    });
  }

  it('are counted for each process alone (control)', async () => {
    const clsids = [newClsid(), newClsid()];
    const servers = await Promise.all(
      clsids.map((clsid) =>
        Child.start('many-servers', JSON.stringify([{ clsid, holdBegin: false }])),
      ),
    );
    clients.push(...(await Promise.all(clsids.map((clsid) => ManyCalls.start(clsid)))));
    for (const client of clients) client.begin(calls / clients.length);
    for (const server of servers) await heldIs(server, calls / servers.length);
    assert.deepEqual(
      clients.flatMap(({ ended }) => ended),
      [],
    );
  });
});

/** Hundreds of threads take that long to begin their calls while other programs use the processors. */
const busy = 40_000;

function heldIs(server: Child, count: number): Promise<void> {
  return until(async () => (await server.ask('held')) === count, `${count} calls are held`, busy);
}

function endedIs(count: number): Promise<void> {
  const ended = () => clients.reduce((sum, client) => sum + client.ended.length, 0);
  return until(() => ended() === count, `${count} calls have ended`, busy);
}

/** A client in C++, which makes each call on a thread of its own. */
class ManyCalls {
  readonly #program: LineProgram;
  #ended: string[] = [];
  #last = 0;

  private constructor(program: LineProgram) {
    this.#program = program;
  }

  static async start(clsid: string): Promise<ManyCalls> {
    const client = new ManyCalls(new LineProgram('interop_sync_client', [clsid, proxyStubDll]));
    assert.equal(await within(20_000, client.#program.next(), 'the client'), 'ready');
    void client.#listen();
    return client;
  }

  /** How the calls ended that have ended so far. */
  get ended(): readonly string[] {
    return this.#ended;
  }

  takeEnded(): readonly string[] {
    const ended = this.#ended;
    this.#ended = [];
    return ended;
  }

  begin(count: number): void {
    for (let index = 0; index < count; ++index) {
      this.#program.write(`${++this.#last} ${wordsOf('hold')}`);
    }
  }

  end(): void {
    this.#program.kill();
  }

  async #listen(): Promise<void> {
    for (let line; (line = await this.#program.next()) !== undefined;) {
      this.#ended.push(line.slice(line.indexOf(' ') + 1));
    }
  }
}
