// Cancels a call at a step of its life.
import assert from 'node:assert/strict';

import type { ClientCall, Connection } from 'async-com';

import { turns } from '../turns.js';

interface Cancelling {
  readonly connection: Connection;
  readonly random: () => number;
  /** A name that no other held call has. */
  readonly name: string;
}

interface Step {
  /** Begins the call, and returns at the step. */
  readonly begin: (call: ClientCall, cancelling: Cancelling) => Promise<unknown>;
  /** What `cancel()` must return there, and what `finish()` must return then. */
  readonly cancel: string;
  readonly finish: string;
  /** The handler still runs, though the client has its answer. */
  readonly letGo?: true;
}

const cancelled = { cancel: 'S_OK', finish: 'RPC_E_CALL_CANCELED' };

function heldAs(way: string): Step {
  return {
    async begin(call, { connection, name }) {
      await call.begin('hold', name, way);
      await connection.call('untilHeld', name);
    },
    ...cancelled,
  };
}

const steps = {
  'when it has begun': {
    begin: (call, { name }) => call.begin('hold', name, 'plain'),
    ...cancelled,
  },
  'on its way': {
    async begin(call, { name, random }) {
      await call.begin('hold', name, random() < 0.5 ? 'plain' : 'lent');
      await turns(Math.floor(random() * 6));
    },
    ...cancelled,
  },
  'while its handler waits': heldAs('plain'),
  'on a lent thread': heldAs('lent'),
  'while its thread has the token': heldAs('impersonating'),
  'after Begin_ returned': heldAs('begin returned'),
  'after Signal, while Begin_ runs': {
    async begin(call, { connection, name }) {
      await call.begin('hold', name, 'signalled');
      await connection.call('untilHeld', name);
      assert.equal(await call.wait(), true);
    },
    cancel: 'RPC_E_CALL_COMPLETE',
    finish: 'signalled',
    letGo: true,
  },
  'after the answer': {
    async begin(call, { name }) {
      await call.begin('echoOne', name);
      assert.equal(await call.wait(), true);
    },
    cancel: 'RPC_E_CALL_COMPLETE',
    finish: 'its value',
  },
} satisfies Readonly<Record<string, Step>>;

const whileItBegins = 'while it begins';

/** A step of a call's life. */
export type CancelStep = keyof typeof steps | typeof whileItBegins;

export const cancelSteps = [whileItBegins, ...Object.keys(steps)] as readonly CancelStep[];

/**
 * Cancels one call at that step, and finishes it.
 *
 * @throws AssertionError - It ended in another way than the step allows.
 */
export async function cancelAt(step: CancelStep, cancelling: Cancelling): Promise<void> {
  if (step === whileItBegins) return abortAtOnce(cancelling);
  const { begin, cancel, finish, letGo }: Step = steps[step];
  const { connection, name } = cancelling;
  const call = await connection.createCall();
  try {
    await begin(call, cancelling);
    assert.equal((await call.attemptCancel()).code, cancel, `cancel() ${step}`);
    const end = await call.attemptFinish();
    const seen = end.code === 'S_OK' ? wordsOf(end.value?.value, name) : end.code;
    assert.equal(seen, finish, `finish() after cancel() ${step}`);
    if (letGo === true) await connection.call('letGo', name);
  } finally {
    call.release();
  }
}

/** `ClientCall.cancel()` waits until the call has begun. A signal does not. */
async function abortAtOnce({ connection, name }: Cancelling): Promise<void> {
  const controller = new AbortController();
  const call = connection.call({ method: 'hold', signal: controller.signal }, name, 'plain');
  controller.abort();
  const code = await call.then(
    () => 'S_OK',
    (error: unknown) => (error as { code?: string }).code,
  );
  assert.equal(code, 'RPC_E_CALL_CANCELED', whileItBegins);
}

function wordsOf(value: unknown, name: string): string {
  return value === name ? 'its value' : String(value);
}
