import type { CallThread, HelperThread, StepName } from '../call-thread.js';
import type { ClientToken } from '../client-token.js';
import { isFailure } from '../com-error.js';
import type { Outcome } from '../outcome.js';
import type { BeginReturn, ServerCall, SignalOptions } from '../server-call.js';
import type { ThreadToken } from '../token.js';
import { threadToken } from '../token-functions.js';
import {
  agree,
  type Look,
  type Observation,
  type Sighting,
  shows,
  sightingOf,
  sightingsOf,
  stepOf,
} from './observation.js';

/** What a witness sees of a thread's token. */
export type Witness = (threadId: number) => Promise<Sighting>;

/** What a scene needs of the processes around it. */
export interface Stage {
  /**
   * Has the client, in its process, make a call. Resolves with the server's side of it when Begin_
   * runs.
   */
  incomingCall(): Promise<HeldCall>;

  /** The token of a thread of this process, as the client's process sees it. */
  seenFromOtherProcess(threadId: number): Promise<ThreadToken>;

  /** The same as a further witness sees it; `null` where there is none. */
  readonly seenByFurtherWitness: Witness | null;
}

/** A call whose handler goes on until it is let go. */
export interface HeldCall {
  readonly call: ServerCall;
  /** Settles the handler. Resolves when the client has its answer. */
  readonly letGo: () => Promise<void>;
}

/** A precondition that is another rule's promise is not met, so this rule cannot be seen. */
export class NotObservable extends Error {}

/** Another rule's promise, on which a look or a step relies. */
export interface Given {
  readonly given?: string;
}

const brief = { detail: 'brief' } as const;

/** Where a rule is played: calls that stand still while three witnesses look, and what they saw. */
export class Scene {
  readonly observations: Observation[] = [];
  readonly #stage: Stage;
  readonly #held: HeldCall[] = [];
  readonly #paths = new Set<ServerCall['path']>();
  readonly #cleanUps: (() => Promise<void>)[] = [];

  constructor(stage: Stage) {
    this.#stage = stage;
  }

  /** The path that the scene's calls took. `null` before the first. */
  get path(): ServerCall['path'] | null {
    if (this.#paths.has('bridge')) return 'bridge';
    return this.#paths.has('system') ? 'system' : null;
  }

  /** A call from the client, with Begin_ on its thread, which is clean. */
  async call(): Promise<ServerCall> {
    const call = await this.#arrival();
    await this.look('as the call arrives', call, 'absent', { given: 'IMP-5' });
    return call;
  }

  /** The same without a look: for the rule that says the thread is clean. */
  async #arrival(): Promise<ServerCall> {
    const held = await this.#stage.incomingCall();
    this.#held.push(held);
    this.#paths.add(held.call.path);
    return held.call;
  }

  /**
   * The next call that Begin_ runs on the thread of one that is over. Where other threads get it,
   * as they may on the system path, the first one that comes.
   */
  async nextCallOn(threadId: number): Promise<ServerCall> {
    const first = await this.#arrival();
    let next = first;
    for (
      let tries = 0;
      next.threadId !== threadId && next.path === 'bridge' && tries < 9;
      ++tries
    ) {
      next = await this.#arrival();
    }
    return next;
  }

  /** A thread beside Begin_'s with the call's `IServerSecurity` pointer; left when the scene ends. */
  async openThread(from: ServerCall | ClientToken): Promise<HelperThread> {
    const thread = await from.openThread();
    this.#cleanUps.push(() => thread.leave());
    return thread;
  }

  /** A token of the server's own; closed when the scene ends. */
  async duplicateToken(thread: CallThread): Promise<ClientToken> {
    const token = await thread.duplicateToken();
    this.#cleanUps.push(() => {
      token.close();
      return Promise.resolve();
    });
    return token;
  }

  /**
   * Has all witnesses look at the thread of a call, or at a helper thread, while it waits.
   * @returns What they saw.
   */
  look(label: string, at: CallThread, expected: Look['expected'], given?: Given): Promise<Look> {
    return this.lookAt(label, at.threadId, () => at.threadToken(brief), expected, given);
  }

  /** The same for any thread; `fromItself` is `null` where nobody of ours is on it. */
  async lookAt(
    label: string,
    threadId: number,
    fromItself: (() => Promise<ThreadToken>) | null,
    expected: Look['expected'],
    { given }: Given = {},
    fromOtherThread: () => Promise<ThreadToken> = () => threadToken(threadId, brief),
  ): Promise<Look> {
    const thread = fromItself === null ? null : sightingOf(await fromItself());
    const otherThread = sightingOf(await fromOtherThread());
    const otherProcess = sightingOf(await this.#stage.seenFromOtherProcess(threadId));
    const furtherWitness = (await this.#stage.seenByFurtherWitness?.(threadId)) ?? null;
    const seen = { thread, otherThread, otherProcess, furtherWitness };
    const ok = sightingsOf(seen).every((one) => shows(one, expected)) && agree(seen);
    const look: Look = {
      kind: 'look',
      label,
      threadId,
      expected,
      ...seen,
      ok,
      given: given ?? null,
    };
    this.#keep(look);
    return look;
  }

  /** What a thread had, as something of ours on it reported when it could still look. */
  found(label: string, report: BeginReturn, expected: Look['expected']): void {
    const sighting: Sighting = sightingOf(report.found);
    const ok = shows(sighting, expected);
    this.#keep({
      kind: 'step',
      label,
      threadId: report.threadId,
      expected,
      operation: 'OpenThreadToken',
      hresult: 0,
      code: sighting.error?.name ?? 'S_OK',
      value: sighting.state,
      time: sighting.time,
      ok,
      given: null,
    });
  }

  /** Calls a function on a thread, and judges its HRESULT. */
  async step(
    name: StepName,
    on: CallThread,
    expected: 'succeeds' | 'fails',
    given?: Given,
  ): Promise<Outcome> {
    const outcome = await on.attempt(name);
    // That it ran on that thread shows that Begin_ has not returned.
    const ok = isFailure(outcome.hresult) === (expected === 'fails') && ranOn(outcome, on);
    this.#keep(stepOf(name, outcome, expected, ok, given?.given ?? null));
    return outcome;
  }

  /** Calls a function that says yes or no, and judges which. */
  async ask(
    name: 'IsImpersonating' | 'CoGetCallContext',
    on: CallThread,
    expected: boolean,
    given?: Given,
  ): Promise<void> {
    const outcome = await on.attempt(name);
    const ok = !isFailure(outcome.hresult) && outcome.value === expected && ranOn(outcome, on);
    this.#keep(stepOf(name, outcome, String(expected), ok, given?.given ?? null));
  }

  /** Signals, and judges on which thread that was done. */
  async signal(call: ServerCall, options: SignalOptions = {}): Promise<void> {
    const outcome = await call.attemptSignal(undefined, options);
    const elsewhere = outcome.threadId !== call.threadId;
    const ok = !isFailure(outcome.hresult) && elsewhere === (options.thread === 'completion');
    const expected = options.thread === 'completion' ? 'succeeds, on another thread' : 'succeeds';
    this.#keep(stepOf('Signal', outcome, expected, ok, null));
  }

  /** Lets the handler settle and so Begin_ return, and waits until it has. */
  async beginReturns(call: ServerCall): Promise<BeginReturn> {
    const returned = call.beginReturned();
    await this.#held.find((held) => held.call === call)?.letGo();
    return returned;
  }

  /** Has all that can see look at the thread of a call whose Begin_ has returned. */
  lookAfter(report: BeginReturn, expected: Look['expected'], given?: Given): Promise<Look> {
    const { after } = report;
    const fromItself = after === null ? null : () => Promise.resolve(after);
    return this.lookAt('after Begin_ has returned', report.threadId, fromItself, expected, given);
  }

  /** A fact that no look or step shows by itself. */
  check(label: string, threadId: number, expected: string, seen: string, time: number): void {
    this.#keep({
      kind: 'step',
      label,
      threadId,
      expected,
      operation: null,
      hresult: 0,
      code: 'S_OK',
      value: seen,
      time,
      ok: seen === expected,
      given: null,
    });
  }

  /** Takes everything away that the scene left: threads, tokens, held calls. */
  async end(): Promise<void> {
    for (const cleanUp of this.#cleanUps.reverse()) await cleanUp();
    await Promise.all(
      this.#held.map(async ({ call, letGo }) => {
        // Fails where Begin_ has returned: there is nothing to take off then.
        await call.revertToSelf().catch(() => undefined);
        await letGo();
      }),
    );
  }

  #keep(observation: Observation): void {
    this.observations.push(observation);
    const { given, label, ok } = observation;
    if (given !== null && !ok) {
      throw new NotObservable(`needs ${given}, which is not kept here (${label})`);
    }
  }
}

function ranOn(outcome: Outcome, thread: CallThread): boolean {
  return outcome.threadId === thread.threadId;
}
