import { isFailure } from '../../errors/com-error.js';
import type { Outcome } from '../../native/outcome.js';
import type { CallFactoryProbe } from '../../native/probes.js';
import type { ThreadToken } from '../../native/token-description.js';
import type { CallThread, HelperThread, Token } from '../../security/call-thread.js';
import type { SecurityOptions } from '../../security/process-security.js';
import type { StepName } from '../../security/steps.js';
import { processToken, threadToken } from '../../security/thread-token.js';
import type { BeginReturn, ServerCall, SignalOptions } from '../../server/server-call.js';
import type { Judgement } from './judgement.js';
import {
  agree,
  type Look,
  type Observation,
  plainThreadToken,
  type PlainThreadToken,
  shows,
  stepOf,
  type StepOutcome,
  threadTokensIn,
} from './observation.js';
import type {
  Caller,
  CallerCall,
  ClientOfScene,
  HeldCall,
  OtherServer,
  ServerKind,
  Stage,
  Wish,
} from './stage.js';

/** A rule cannot be seen here. */
export class NotObservable extends Error {
  /** The failed observation that says so; `null` where it is something else. */
  readonly because: Observation | null;

  constructor(message: string, because: Observation | null = null) {
    super(message);
    this.because = because;
  }
}

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
  readonly #stopWatching: () => void;
  readonly #threadIds = new WeakMap<CallThread, number>();

  constructor(stage: Stage) {
    this.#stage = stage;
    this.#stopWatching = stage.watchCalls(({ path }) => this.#paths.add(path));
  }

  /** The path that calls took to the server that has a call object. `null` before the first. */
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

  /** The same from a client that calls in its own way. */
  async callWith(wish: Wish): Promise<ServerCall> {
    const { code, id } = await this.client.prepare(wish);
    this.judgeClient(`the client sets ${inWords(wish)}`, code);
    return this.#arrival(id);
  }

  /** The same without a look: for the rule that says the thread is clean. */
  async #arrival(prepared?: number): Promise<ServerCall> {
    const held = await this.#stage.incomingCall(prepared);
    this.#held.push(held);
    return held.call;
  }

  /** A client's call object, released when the scene ends. */
  async createCall(server?: ServerKind): Promise<CallerCall> {
    const caller = await this.#stage.caller();
    const call = await caller.createCall(server);
    this.#cleanUps.push(() => call.release());
    return call;
  }

  /** The process that makes calls; whatever it does, it is asked for. */
  caller(): Promise<Caller> {
    return this.#stage.caller();
  }

  /** A call that the scene's caller is about to make, to the server's method `scene`. */
  expectCall(): { readonly ticket: number; readonly arrived: Promise<ServerCall> } {
    const { ticket, arrived } = this.#stage.expectCall();
    return {
      ticket,
      arrived: arrived.then((held) => {
        this.#held.push(held);
        return held.call;
      }),
    };
  }

  probe(): Promise<Outcome<CallFactoryProbe>> {
    return this.#stage.probe();
  }

  /** Lets a call's handler settle. */
  async letGo(call: ServerCall): Promise<void> {
    await this.#held.find((held) => held.call === call)?.letGo();
  }

  /**
   * The next call that Begin_ runs on the thread of one that is over. Where other threads get it,
   * as they may on the system path, the first one that comes.
   */
  async nextCallOn(threadId: number): Promise<ServerCall> {
    const first = await this.#arrival();
    let next = first;
    for (let tries = 0; next.path === 'bridge' && tries < 9; ++tries) {
      if ((await this.threadIdOf(next)) === threadId) break;
      next = await this.#arrival();
    }
    return next;
  }

  /** A thread beside Begin_'s with the call's `IServerSecurity` pointer; left when the scene ends. */
  async openThread(from: ServerCall | Token): Promise<HelperThread> {
    const thread = await from.openThread();
    this.#cleanUps.push(() => thread.leave());
    return thread;
  }

  /** A token of the server's own; closed when the scene ends. */
  async duplicateToken(thread: CallThread): Promise<Token> {
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
  async look(
    label: string,
    at: CallThread,
    expected: Look['expected'],
    given?: Given,
  ): Promise<Look> {
    const threadId = await this.threadIdOf(at);
    return this.lookAt(label, threadId, () => at.threadToken(brief), expected, given);
  }

  /** The id of a thread of a call, or of a helper thread. */
  async threadIdOf(thread: CallThread): Promise<number> {
    const threadId = this.#threadIds.get(thread) ?? (await thread.threadId());
    this.#threadIds.set(thread, threadId);
    return threadId;
  }

  async #ranOn(outcome: Outcome, thread: CallThread): Promise<boolean> {
    return outcome.threadId === (await this.threadIdOf(thread));
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
    const thread = fromItself === null ? null : plainThreadToken(await fromItself());
    const otherThread = plainThreadToken(await fromOtherThread());
    const otherProcess = plainThreadToken(await this.#stage.seenFromOtherProcess(threadId));
    const furtherWitness = (await this.#stage.seenByFurtherWitness?.(threadId)) ?? null;
    const seen = { thread, otherThread, otherProcess, furtherWitness };
    const ok = threadTokensIn(seen).every((one) => shows(one, expected)) && agree(seen);
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
    if (report.found === null) throw new Error(`${label}: nobody looked`);
    const threadToken: PlainThreadToken = plainThreadToken(report.found);
    const ok = shows(threadToken, expected);
    this.#keep({
      kind: 'step',
      label,
      threadId: report.threadId,
      expected,
      operation: 'OpenThreadToken',
      hresult: 0,
      code: threadToken.error?.name ?? 'S_OK',
      value: threadToken.state,
      time: threadToken.time,
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
    const ok =
      isFailure(outcome.hresult) === (expected === 'fails') && (await this.#ranOn(outcome, on));
    this.#keep(stepOf(name, outcome, expected, ok, given?.given ?? null));
    return outcome;
  }

  /** Judges the HRESULT that a step has given, by its name in the headers. */
  gives(label: string, outcome: StepOutcome, expected: readonly string[], given?: Given): void {
    const ok = expected.includes(outcome.code);
    this.#keep(stepOf(label, outcome, expected.join(' or '), ok, given?.given ?? null));
  }

  /** Calls a function that says yes or no, and judges which. */
  async ask(
    name: 'IsImpersonating' | 'CoGetCallContext',
    on: CallThread,
    expected: boolean,
    given?: Given,
  ): Promise<void> {
    const outcome = await on.attempt(name);
    const ok =
      !isFailure(outcome.hresult) && outcome.value === expected && (await this.#ranOn(outcome, on));
    this.#keep(stepOf(name, outcome, String(expected), ok, given?.given ?? null));
  }

  /** Signals, and judges on which thread that was done. */
  async signal(call: ServerCall, options: SignalOptions = {}): Promise<void> {
    const outcome = await call.attemptSignal(undefined, options);
    const elsewhere = !(await this.#ranOn(outcome, call));
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
  check(
    label: string,
    threadId: number,
    expected: string,
    seen: string,
    time: number | bigint,
    given?: Given,
    ok = seen === expected,
  ): void {
    this.#keep({
      kind: 'step',
      label,
      threadId,
      expected,
      operation: null,
      hresult: 0,
      code: 'S_OK',
      value: seen,
      time: Number(time),
      ok,
      given: given?.given ?? null,
    });
  }

  /** The client's process. */
  get client(): ClientOfScene {
    return this.#stage.client;
  }

  otherServer(security: SecurityOptions): Promise<OtherServer> {
    return this.#stage.otherServer(security);
  }

  /** The account that the server runs as. */
  async ownAccount(): Promise<string> {
    return (await processToken()).user.sid;
  }

  /**
   * Keeps what was judged of Windows's own conduct; `on` is the thread it was seen on, if it was seen
   * here. What a host that is not Windows does otherwise ends the scene as not observable there.
   */
  judge(on: CallThread | null, { label, expected, seen, ok }: Judgement): void {
    const { wine } = this.#stage;
    // Whatever was seen of it was seen on its thread, or from there.
    const threadId = on === null ? 0 : (this.#threadIds.get(on) ?? 0);
    const time = this.observations.reduce((last, one) => Math.max(last, timeOf(one)), 0);
    this.check(label, threadId, expected, seen, time, undefined, ok);
    if (!ok && wine !== null) {
      const message = `Wine ${wine}: ${label}: expected ${expected}, got ${seen}`;
      throw new NotObservable(message, this.observations.at(-1));
    }
  }

  /** Keeps how a step of the client ended that should have succeeded. */
  judgeClient(label: string, code: string): void {
    this.judge(null, { label, expected: 'S_OK', seen: code, ok: code === 'S_OK' });
    if (code !== 'S_OK') throw new Error(`${label} failed with ${code}`);
  }

  /** Takes everything away that the scene left: threads, tokens, held calls. */
  async end(): Promise<void> {
    this.#stopWatching();
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
      throw new NotObservable(`needs ${given}, which is not kept here (${label})`, observation);
    }
  }
}

function timeOf(observation: Observation): number {
  return observation.kind === 'look' ? observation.otherProcess.time : observation.time;
}

function inWords(wish: Wish): string {
  return Object.entries(wish)
    .map(([name, value]) => (value === true ? name : `${name} ${String(value)}`))
    .join(', ');
}
