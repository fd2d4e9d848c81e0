import assert from 'node:assert/strict';

import fc from 'fast-check';
import { type ClientCall, connect, type Connection } from 'async-com';

import { newClsid } from '#lib/value/identifiers.js';

import { Child } from '../support/child.js';
import { DoubleClient } from '../support/double-client.js';

/** What is true of a call object: the promises of ClientCall, without COM. */
interface Model {
  /** `held`: the handler waits. `answered` and `cancelled`: until finish(). */
  state: 'idle' | 'held' | 'answered' | 'cancelled' | 'released';
}

interface Real {
  readonly call: ClientCall;
  /** Resolves when the handler waits. */
  readonly held: () => Promise<unknown>;
  /** Lets the handler return. */
  readonly letGo: () => Promise<unknown>;
}

/** A step, the states in which it may be made, and what it must return in each. */
class Step implements fc.AsyncCommand<Model, Real> {
  readonly #name: string;
  readonly #make: (real: Real) => Promise<{ readonly code: string }>;
  readonly #codes: Readonly<Partial<Record<Model['state'], string>>>;
  readonly #next: Readonly<Partial<Record<Model['state'], Model['state']>>>;

  constructor(
    name: string,
    make: (real: Real) => Promise<{ readonly code: string }>,
    codes: Readonly<Partial<Record<Model['state'], string>>>,
    next: Readonly<Partial<Record<Model['state'], Model['state']>>> = {},
  ) {
    this.#name = name;
    this.#make = make;
    this.#codes = codes;
    this.#next = next;
  }

  check({ state }: Model): boolean {
    return this.#codes[state] !== undefined;
  }

  async run(model: Model, real: Real): Promise<void> {
    const { code } = await this.#make(real);
    assert.equal(code, this.#codes[model.state], `${this.#name} when ${model.state}`);
    model.state = this.#next[model.state] ?? model.state;
  }

  toString(): string {
    return this.#name;
  }
}

const pending = {
  held: 'RPC_S_CALLPENDING',
  answered: 'RPC_S_CALLPENDING',
  cancelled: 'RPC_S_CALLPENDING',
} as const;

const begin = new Step(
  'begin',
  async ({ call, held }) => {
    const begun = await call.attemptBegin('held', 1);
    if (begun.hresult === 0) await held();
    return begun;
  },
  { idle: 'S_OK', ...pending, released: 'CO_E_RELEASED' },
  { idle: 'held' },
);
const letHandlerReturn = new Step(
  'let the handler return',
  async ({ call, letGo }) => {
    await letGo();
    return call.attemptWait();
  },
  { held: 'S_OK' },
  { held: 'answered' },
);
/** `idle` is what wait() returns if no call is in progress. */
const waitGives = (idle: string): Step =>
  new Step('wait', ({ call }) => call.attemptWait(0), {
    idle,
    held: 'RPC_S_CALLPENDING',
    answered: 'S_OK',
    cancelled: 'S_OK',
    released: 'CO_E_RELEASED',
  });
const wait = waitGives('RPC_E_CALL_COMPLETE');
const cancel = new Step(
  'cancel',
  ({ call }) => call.attemptCancel(),
  {
    idle: 'RPC_E_CALL_COMPLETE',
    held: 'S_OK',
    answered: 'RPC_E_CALL_COMPLETE',
    cancelled: 'RPC_S_CALL_CANCELLED',
    released: 'CO_E_RELEASED',
  },
  { held: 'cancelled' },
);
const finish = new Step(
  'finish',
  ({ call }) => call.attemptFinish(),
  {
    idle: 'RPC_E_CALL_COMPLETE',
    answered: 'S_OK',
    cancelled: 'RPC_E_CALL_CANCELED',
    released: 'CO_E_RELEASED',
  },
  { answered: 'idle', cancelled: 'idle' },
);
const release = new Step(
  'release',
  ({ call }) => {
    call.release();
    return Promise.resolve({ code: 'S_OK' });
  },
  { idle: 'S_OK', held: 'S_OK', answered: 'S_OK', cancelled: 'S_OK', released: 'S_OK' },
  { idle: 'released', held: 'released', answered: 'released', cancelled: 'released' },
);

describe('ClientCall, in random orders of its steps', function () {
  this.timeout(60_000);

  let server: Child;
  let connection: Connection;

  before(async () => {
    const clsid = newClsid();
    server = await Child.start('cancelling-server', clsid);
    connection = await connect(clsid);
  });

  after(async () => {
    connection.close();
    await server.kill();
  });

  const held = () => server.next('held');
  const letGo = () => server.ask('letGo');

  async function run(steps: Iterable<fc.AsyncCommand<Model, Real>>): Promise<void> {
    const call = await connection.createCall();
    try {
      await fc.asyncModelRun(
        () => ({ model: { state: 'idle' }, real: { call, held, letGo } }) as const,
        steps,
      );
    } finally {
      call.release();
      // A cancelled or released call goes on at the server until its handler returns.
      await letGo();
    }
  }

  it('returns what its promises say', async () => {
    const steps = [begin, letHandlerReturn, wait, cancel, finish, release].map((step) =>
      fc.constant(step),
    );
    await fc.assert(
      fc.asyncProperty(fc.commands(steps, { maxCommands: 25 }), (commands) => run(commands)),
      { numRuns: 500 },
    );
  });

  it('is noticed when it breaks a promise (control)', async () => {
    const wrong = new Step('wait', ({ call }) => call.attemptWait(0), { held: 'S_OK' });
    const steps = [begin, letHandlerReturn, finish, wrong].map((step) => fc.constant(step));
    await assert.rejects(
      fc.assert(
        fc.asyncProperty(fc.commands(steps, { maxCommands: 25 }), (commands) => run(commands)),
        { numRuns: 100 },
      ),
      /Counterexample: \[begin,.*wait/,
    );
  });
});

describe('ClientCall with the call objects of the double, in random orders of its steps', function () {
  this.timeout(60_000);

  for (const [form, aggregates] of [
    ['aggregated', true],
    ['not aggregated', false],
  ] as const) {
    it(`returns what its promises say: ${form}`, async () => {
      const double = new DoubleClient({ aggregates, setAtFirst: true });
      const letGo = () => {
        double.letGo();
        return Promise.resolve();
      };
      const steps = [begin, letHandlerReturn, waitGives('S_OK'), cancel, finish, release];
      const run = async (commands: Iterable<fc.AsyncCommand<Model, Real>>): Promise<void> => {
        const call = await double.connection.createCall();
        // A call that was cancelled is held, too.
        const held = () => Promise.resolve();
        try {
          await fc.asyncModelRun(
            () => ({ model: { state: 'idle' }, real: { call, held, letGo } }) as const,
            commands,
          );
        } finally {
          call.release();
          double.letGo();
        }
      };
      const anyStep = steps.map((step) => fc.constant(step));
      await fc.assert(fc.asyncProperty(fc.commands(anyStep, { maxCommands: 25 }), run), {
        numRuns: 500,
      });
      await double.close();
      assert.deepEqual(double.counts.wrong, []);
    });
  }
});
