// The life of calls as steps for fast-check: what each step must return, whatever came before it.
import assert from 'node:assert/strict';

import type fc from 'fast-check';

import { classGone, serverGone } from './calls.js';
import { type Caller, WorkerCaller, WorkerEnded } from './caller.js';
import type { Child } from './child.js';

/** What is true of the calls of a thread. */
export interface ThreadModel {
  connected: boolean;
  /**
   * The call object. `held`: the handler waits. The others, until finish(): `answered`, `cancelled`,
   * `stopped` (the server closed), `lost` (the server was killed), `refused` (the server was gone).
   */
  state: 'idle' | 'held' | 'answered' | 'cancelled' | 'stopped' | 'lost' | 'refused' | 'released';
  /** The keys of the calls whose handlers wait: of the call object, and of `connection.call`. */
  key: string;
  outgoing: string | undefined;
  /** The model no longer knows what the calls of the thread return. */
  unsure: boolean;
}

/** What is true of a server and its callers: the promises of async-com, without COM. */
export interface Model {
  server: 'open' | 'stopping' | 'closed' | 'killed';
  /** Somebody ends the server or a thread, at the same time as the steps. */
  ending: boolean;
  readonly threads: readonly ThreadModel[];
}

export interface Real {
  readonly server: Child;
  readonly clsid: string;
  readonly callers: Caller[];
  /** Called after each step of a thread. */
  readonly made: () => void;
}

/** A step of one thread or of the server. */
export type Step = fc.AsyncCommand<Model, Real>;

export function newModel(threads: number): Model {
  return {
    server: 'open',
    ending: false,
    threads: Array.from({ length: threads }, () => ({
      connected: true,
      state: 'idle',
      key: '',
      outgoing: undefined,
      unsure: false,
    })),
  };
}

/** What a step may return while the server or the thread ends. */
export const duringEnd: readonly string[] = [
  'S_OK',
  'RPC_S_CALLPENDING',
  'RPC_S_CALL_CANCELLED',
  'RPC_E_CALL_CANCELED',
  'RPC_E_CALL_COMPLETE',
  ...serverGone,
];

let keys = 0;

/** One step of a thread, while it is made. */
class Turn {
  readonly thread: ThreadModel;
  readonly caller: Caller;
  readonly model: Model;
  readonly #name: string;
  readonly #server: Child;
  readonly #clsid: string;

  constructor(name: string, index: number, model: Model, real: Real) {
    const [thread, caller] = [model.threads[index], real.callers[index]];
    assert.ok(thread !== undefined && caller !== undefined);
    this.thread = thread;
    this.caller = caller;
    this.model = model;
    this.#name = name;
    this.#server = real.server;
    this.#clsid = real.clsid;
  }

  newKey(): string {
    return `call ${String(++keys)}`;
  }

  /** Asserts that a step returns one of `codes`. Returns what it returns. */
  async expect(code: string | Promise<string>, ...codes: readonly string[]): Promise<string> {
    const actual = await code;
    if (codes.includes(actual) || (this.model.ending && duringEnd.includes(actual))) return actual;
    const { state } = this.thread;
    throw new assert.AssertionError({
      message: `${this.#name} when ${state}: ${actual} instead of ${codes.join(' or ')}`,
    });
  }

  connect(): Promise<string> {
    return this.caller.connect(this.#clsid);
  }

  /** Waits until a call has reached its handler. */
  async arrives(key: string): Promise<void> {
    const arrived = await this.#ask('hasArrived', key);
    assert.ok(arrived === true || this.model.ending, `${this.#name}: the call does not arrive`);
  }

  async letGo(key: string): Promise<void> {
    await this.#ask('letGo', key);
  }

  /** Waits until the handler of a call is told that its client has cancelled it. */
  async isCancelled(key: string): Promise<void> {
    const code = (await this.#ask('cancelled', key)) as string | undefined;
    if (!this.model.ending) assert.equal(code, 'RPC_E_CALL_CANCELED', this.#name);
  }

  async #ask(command: string, key: string): Promise<unknown> {
    try {
      return await this.#server.ask(command, key);
    } catch (error) {
      if (this.model.ending) return undefined;
      throw error;
    }
  }
}

type State = ThreadModel['state'];
type Codes = Readonly<Record<State, string>>;

const pending = 'RPC_S_CALLPENDING';
const noCall = 'RPC_E_CALL_COMPLETE';
const cancelled = 'RPC_E_CALL_CANCELED';
const closed = 'CO_E_OBJNOTCONNECTED';

const afterEnd = (code: string) => ({
  answered: code,
  cancelled: code,
  stopped: code,
  lost: code,
  refused: code,
  released: 'CO_E_RELEASED',
});
const beginCodes: Codes = { ...afterEnd(pending), idle: 'S_OK', held: pending };
const waitCodes: Codes = { ...afterEnd('S_OK'), idle: noCall, held: pending };
const cancelCodes: Codes = {
  ...afterEnd(noCall),
  idle: noCall,
  held: 'S_OK',
  cancelled: 'RPC_S_CALL_CANCELLED',
};
const finishCodes: Readonly<Record<State, readonly string[]>> = {
  idle: [noCall],
  held: [],
  answered: ['S_OK'],
  cancelled: [cancelled],
  stopped: ['CO_E_SERVER_STOPPING'],
  lost: ['RPC_S_CALL_FAILED'],
  refused: serverGone,
  released: ['CO_E_RELEASED'],
};

type When = (thread: ThreadModel, model: Model) => boolean;
type Make = (turn: Turn) => Promise<void>;

const always: When = () => true;
const isIdle: When = ({ state }) => state === 'idle';
const isHeld: When = ({ state }) => state === 'held';
const calls: When = ({ outgoing }) => outgoing !== undefined;

/** A step of one thread. */
export class ThreadStep implements Step {
  readonly #name: string;
  readonly #index: number;
  readonly #when: When;
  readonly #make: Make;

  constructor(name: string, index: number, [when, make]: readonly [When, Make]) {
    this.#name = `${name} on thread ${String(index)}`;
    this.#index = index;
    this.#when = when;
    this.#make = make;
  }

  check(model: Model): boolean {
    const thread = model.threads[this.#index];
    return thread !== undefined && !thread.unsure && this.#when(thread, model);
  }

  async run(model: Model, real: Real): Promise<void> {
    const turn = new Turn(this.#name, this.#index, model, real);
    try {
      await this.#make(turn);
    } catch (error) {
      if (!(model.ending && error instanceof WorkerEnded)) throw error;
    }
    if (model.ending) turn.thread.unsure = true;
    real.made();
  }

  toString(): string {
    return this.#name;
  }
}

/** The steps of a thread: when each may be made, and what it must do. */
export const threadSteps = {
  begin: [
    always,
    async (turn) => {
      const { thread, caller, model } = turn;
      const key = turn.newKey();
      if (thread.state !== 'idle') {
        await turn.expect(caller.begin(key), beginCodes[thread.state]);
      } else if (model.server === 'open') {
        if ((await turn.expect(caller.begin(key), 'S_OK')) !== 'S_OK') return;
        await turn.arrives(key);
        Object.assign(thread, { state: 'held', key });
      } else if ((await turn.expect(caller.begin(key), 'S_OK', ...serverGone)) === 'S_OK') {
        await turn.expect(caller.wait(), 'S_OK');
        thread.state = 'refused';
      }
    },
  ],
  'let the handler return': [
    isHeld,
    async (turn) => {
      await turn.letGo(turn.thread.key);
      await turn.expect(turn.caller.wait(), 'S_OK');
      turn.thread.state = 'answered';
    },
  ],
  wait: [
    always,
    async (turn) => {
      await turn.expect(turn.caller.wait(0), waitCodes[turn.thread.state]);
    },
  ],
  cancel: [
    always,
    async (turn) => {
      const { thread, caller } = turn;
      await turn.expect(caller.cancel(), cancelCodes[thread.state]);
      if (thread.state !== 'held') return;
      await turn.isCancelled(thread.key);
      thread.state = 'cancelled';
    },
  ],
  finish: [
    ({ state }) => state !== 'held',
    async (turn) => {
      const { thread, caller } = turn;
      await turn.expect(caller.finish(), ...finishCodes[thread.state]);
      if (thread.state !== 'released') thread.state = 'idle';
    },
  ],
  release: [
    always,
    async ({ thread, caller }) => {
      await caller.release();
      thread.state = 'released';
    },
  ],
  createCall: [
    ({ state }) => state === 'released',
    async (turn) => {
      const { thread, caller, model } = turn;
      const gone = model.server === 'open' ? [] : serverGone;
      const codes = thread.connected ? ['S_OK', ...gone] : [closed];
      if ((await turn.expect(caller.createCall(), ...codes)) === 'S_OK') thread.state = 'idle';
    },
  ],
  'close the connection': [
    always,
    async ({ thread, caller }) => {
      await caller.closeConnection();
      thread.connected = false;
    },
  ],
  connect: [
    ({ connected }, { server, ending }) => !connected && server === 'open' && !ending,
    async (turn) => {
      const code = await turn.connect();
      if (turn.model.ending && classGone.includes(code)) return;
      await turn.expect(code, 'S_OK');
      Object.assign(turn.thread, { connected: true, state: 'idle' });
    },
  ],
  call: [
    ({ outgoing }) => outgoing === undefined,
    async (turn) => {
      const { thread, caller, model } = turn;
      const { server } = model;
      const key = turn.newKey();
      await caller.call(key);
      if (!thread.connected) {
        await turn.expect(caller.outcome(), closed);
      } else if (server === 'open') {
        await turn.arrives(key);
        thread.outgoing = key;
      } else {
        await turn.expect(caller.outcome(), ...serverGone);
      }
    },
  ],
  'call with an aborted signal': [
    always,
    async (turn) => {
      await turn.expect(turn.caller.callAborted(turn.newKey()), cancelled);
    },
  ],
  abort: [
    always,
    async (turn) => {
      const { thread, caller } = turn;
      await caller.abort();
      if (thread.outgoing === undefined) return;
      await turn.expect(caller.outcome(), cancelled);
      await turn.isCancelled(thread.outgoing);
      thread.outgoing = undefined;
    },
  ],
  'let the handler of call return': [
    calls,
    async (turn) => {
      await turn.letGo(turn.thread.outgoing ?? '');
      await turn.expect(turn.caller.outcome(), 'S_OK');
      turn.thread.outgoing = undefined;
    },
  ],
} as const satisfies Readonly<Record<string, readonly [When, Make]>>;

/** Steps that a thread makes at the same time. Each may end in any order. */
export const racingSteps = {
  'begin twice': [
    (thread, model) => isIdle(thread, model) && model.server === 'open',
    async (turn) => {
      const { thread, caller } = turn;
      const begun = [turn.newKey(), turn.newKey()].map(async (key) => ({
        key,
        code: await turn.expect(caller.begin(key), 'S_OK', pending),
      }));
      const sent = (await Promise.all(begun)).filter(({ code }) => code === 'S_OK');
      if (turn.model.ending) return;
      assert.equal(sent.length, 1, 'one of two calls begins');
      const key = sent[0]?.key ?? '';
      await turn.arrives(key);
      Object.assign(thread, { state: 'held', key });
    },
  ],
  'cancel twice': [
    isHeld,
    async (turn) => {
      const { thread, caller } = turn;
      const codes = await Promise.all(
        [1, 2].map(() => turn.expect(caller.cancel(), 'S_OK', 'RPC_S_CALL_CANCELLED', noCall)),
      );
      if (turn.model.ending) return;
      assert.equal(codes.filter((code) => code === 'S_OK').length, 1, 'one of two cancels');
      await turn.isCancelled(thread.key);
      thread.state = 'cancelled';
    },
  ],
  'cancel while the handler returns': [
    isHeld,
    async (turn) => {
      const { thread, caller } = turn;
      const [code] = await Promise.all([
        turn.expect(caller.cancel(), 'S_OK', noCall),
        turn.letGo(thread.key),
      ]);
      await turn.expect(caller.wait(), 'S_OK');
      thread.state = code === 'S_OK' ? 'cancelled' : 'answered';
    },
  ],
  'finish while the handler returns': [
    isHeld,
    async (turn) => {
      const finished = turn.expect(turn.caller.finish(), 'S_OK');
      await Promise.all([finished, turn.letGo(turn.thread.key)]);
      turn.thread.state = 'idle';
    },
  ],
  'finish while it is cancelled': [
    isHeld,
    async (turn) => {
      const { thread, caller } = turn;
      await Promise.all([
        turn.expect(caller.finish(), cancelled),
        turn.expect(caller.cancel(), 'S_OK'),
      ]);
      await turn.isCancelled(thread.key);
      thread.state = 'idle';
    },
  ],
  'finish twice': [
    ({ state }) => state === 'answered',
    async (turn) => {
      const { thread, caller } = turn;
      const finished = [1, 2].map(() => turn.expect(caller.finish(), 'S_OK', noCall));
      const answered = (await Promise.all(finished)).filter((code) => code === 'S_OK');
      assert.ok(answered.length === 1 || turn.model.ending, 'one of two gets the answer');
      thread.state = 'idle';
    },
  ],
  'release while the handler returns': [
    isHeld,
    async (turn) => {
      await Promise.all([turn.caller.release(), turn.letGo(turn.thread.key)]);
      turn.thread.state = 'released';
    },
  ],
  'abort while the handler returns': [
    calls,
    async (turn) => {
      const { thread, caller } = turn;
      await Promise.all([caller.abort(), turn.letGo(thread.outgoing ?? '')]);
      await turn.expect(caller.outcome(), 'S_OK', cancelled);
      thread.outgoing = undefined;
    },
  ],
} as const satisfies Readonly<Record<string, readonly [When, Make]>>;

/** Stops the server: it refuses further calls, and the calls in progress go on. */
export const stop: Step = {
  check: ({ server }) => server === 'open',
  async run(model, { server, clsid }) {
    model.server = 'stopping';
    await server.ask('stop', clsid);
  },
  toString: () => 'stop the server',
};

/** Closes the server, which gives its calls a time to end. */
export const close = (timeout: number): Step => ({
  check: ({ server }) => server === 'open' || server === 'stopping',
  async run(model, real) {
    model.server = 'closed';
    await real.server.ask('close', real.clsid, timeout);
    await callsEnd(model, real, 'stopped', 'CO_E_SERVER_STOPPING');
  },
  toString: () => `close the server in ${String(timeout)} ms`,
});

/** Kills the process of the server. */
export const kill: Step = {
  check: () => true,
  async run(model, real) {
    model.server = 'killed';
    await real.server.kill();
    await callsEnd(model, real, 'lost', 'RPC_S_CALL_FAILED');
  },
  toString: () => 'kill the server',
};

async function callsEnd(model: Model, real: Real, state: State, code: string): Promise<void> {
  for (const index of model.threads.keys()) {
    const turn = new Turn(`the end of the server, on thread ${String(index)}`, index, model, real);
    const { thread, caller } = turn;
    if (thread.state === 'held') {
      await turn.expect(caller.wait(), 'S_OK');
      thread.state = state;
    }
    if (thread.outgoing !== undefined) await turn.expect(caller.outcome(), code);
    thread.outgoing = undefined;
  }
}

/** Terminates a worker thread during its calls, and starts another in its place. */
export const terminate = (index: number): Step => ({
  check: ({ server }) => server === 'open',
  async run(model, real) {
    const turn = new Turn('the end of the worker', index, model, real);
    const { thread, caller } = turn;
    assert.ok(caller instanceof WorkerCaller);
    await caller.terminate();
    const next = await WorkerCaller.start();
    real.callers[index] = next;
    assert.equal(await next.connect(real.clsid), 'S_OK');
    if (thread.state === 'held') await turn.isCancelled(thread.key);
    if (thread.outgoing !== undefined) await turn.isCancelled(thread.outgoing);
    Object.assign(thread, { connected: true, state: 'idle', outgoing: undefined });
  },
  toString: () => `terminate thread ${String(index)}`,
});
