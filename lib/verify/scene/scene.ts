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
  absentIfEnded,
  type Look,
  type Observation,
  plainThreadToken,
  type PlainThreadToken,
  type Recorded,
  stepOf,
  type StepOutcome,
} from './observation.js';
import {
  witnessesAgree,
  isAsExpected,
  tokensSeen,
  type WitnessedTokens,
} from './token-assertion.js';
import type {
  Caller,
  CallerCall,
  ClientOfScene,
  HeldCall,
  OtherServer,
  ServerKind,
  SceneProcesses,
  Wish,
} from './scene-processes.js';

/** A rule is not observable on this host. */
export class NotObservable extends Error {
  /** The failed observation that shows this. `null` if the reason is another one. */
  readonly because: Observation | null;

  constructor(message: string, because: Observation | null = null) {
    super(message);
    this.because = because;
  }
}

/** The id of another rule whose promise a look or a step relies on. */
export interface Given {
  readonly given?: string;
}

const brief = { detail: 'brief' } as const;

/** How long COM may take to remove a token after Begin_'s return, in milliseconds. */
const patience = 1000;

/** The scene of a rule: calls that wait while the witnesses look, and what the witnesses saw. */
export class Scene {
  readonly observations: Observation[] = [];
  readonly recorded: Recorded[] = [];
  readonly #processes: SceneProcesses;
  readonly #held: HeldCall[] = [];
  readonly #paths = new Set<ServerCall['path']>();
  readonly #cleanUps: (() => Promise<void>)[] = [];
  readonly #stopWatching: () => void;
  readonly #threadIds = new WeakMap<CallThread, number>();

  constructor(processes: SceneProcesses) {
    this.#processes = processes;
    this.#stopWatching = processes.watchCalls(({ path }) => this.#paths.add(path));
  }

  /** The path that calls took to the server with a call object. `null` before the first call. */
  get path(): ServerCall['path'] | null {
    if (this.#paths.has('bridge')) return 'bridge';
    return this.#paths.has('system') ? 'system' : null;
  }

  /** Has the client call. Begin_ is on its thread, and the thread has no token. */
  async call(): Promise<ServerCall> {
    const call = await this.#arrival();
    await this.look('as the call arrives', call, 'absent', { given: 'IMP-5' });
    return call;
  }

  /** Has the client call as `wish` says. Does not look at the thread. */
  async callWith(wish: Wish): Promise<ServerCall> {
    const { code, id } = await this.client.prepare(wish);
    this.judgeClient(`the client sets ${inWords(wish)}`, code);
    return this.#arrival(id);
  }

  /** Has the client call. Does not look: one rule checks itself that the thread has no token. */
  async #arrival(prepared?: number): Promise<ServerCall> {
    const held = await this.#processes.incomingCall(prepared);
    this.#held.push(held);
    return held.call;
  }

  /** Makes a call object in the caller process. It is released when the scene ends. */
  async createCall(server?: ServerKind): Promise<CallerCall> {
    const caller = await this.#processes.caller();
    const call = await caller.createCall(server);
    this.#cleanUps.push(() => call.release());
    return call;
  }

  /** The process that makes calls. It makes only the calls that the scene asks for. */
  caller(): Promise<Caller> {
    return this.#processes.caller();
  }

  /**
   * Prepares for a call that the caller process is about to make to the server's method `scene`.
   */
  expectCall(): { readonly ticket: number; readonly arrived: Promise<ServerCall> } {
    const { ticket, arrived } = this.#processes.expectCall();
    return {
      ticket,
      arrived: arrived.then((held) => {
        this.#held.push(held);
        return held.call;
      }),
    };
  }

  probe(): Promise<Outcome<CallFactoryProbe>> {
    return this.#processes.probe();
  }

  /** Lets a call's handler return. */
  async letGo(call: ServerCall): Promise<void> {
    await this.#held.find((held) => held.call === call)?.letGo();
  }

  /**
   * Returns the next call whose Begin_ runs on the thread of an earlier call. On the system path,
   * COM may use any thread, so this returns the first call that arrives.
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

  /** Opens a helper thread of a call, or of a token. It ends when the scene ends. */
  async openThread(from: ServerCall | Token): Promise<HelperThread> {
    const thread = await from.openThread();
    this.#cleanUps.push(() => thread.leave());
    return thread;
  }

  /** Duplicates the token on a thread. The duplicate is closed when the scene ends. */
  async duplicateToken(thread: CallThread): Promise<Token> {
    const token = await thread.duplicateToken();
    this.#cleanUps.push(() => {
      token.close();
      return Promise.resolve();
    });
    return token;
  }

  /**
   * Has all witnesses look at the thread of a call, or at a helper thread, while the thread waits.
   * @returns What the witnesses saw.
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

  /** Returns the id of a call's thread, or of a helper thread. */
  async threadIdOf(thread: CallThread): Promise<number> {
    const threadId = this.#threadIds.get(thread) ?? (await thread.threadId());
    this.#threadIds.set(thread, threadId);
    return threadId;
  }

  async #ranOn(outcome: Outcome, thread: CallThread): Promise<boolean> {
    return outcome.threadId === (await this.threadIdOf(thread));
  }

  /** The same for any thread. `fromItself` is `null` if async-com runs no code on the thread. */
  async lookAt(
    label: string,
    threadId: number,
    fromItself: (() => Promise<ThreadToken>) | null,
    expected: Look['expected'],
    { given }: Given = {},
    fromOtherThread: () => Promise<ThreadToken> = () => threadToken(threadId, brief),
  ): Promise<Look> {
    const seen = await this.#seen(threadId, fromItself, fromOtherThread);
    return this.#keepLook(label, threadId, seen, expected, given);
  }

  async #seen(
    threadId: number,
    fromItself: (() => Promise<ThreadToken>) | null,
    fromOtherThread: () => Promise<ThreadToken>,
  ): Promise<WitnessedTokens> {
    const thread = fromItself === null ? null : plainThreadToken(await fromItself());
    const otherThread = plainThreadToken(await fromOtherThread());
    const otherProcess = plainThreadToken(await this.#processes.seenFromOtherProcess(threadId));
    const furtherWitness = (await this.#processes.seenByFurtherWitness?.(threadId)) ?? null;
    return { thread, otherThread, otherProcess, furtherWitness };
  }

  #keepLook(
    label: string,
    threadId: number,
    seen: WitnessedTokens,
    expected: Look['expected'],
    given: string | undefined,
  ): Look {
    const ok = tokensSeen(seen).every((one) => isAsExpected(one, expected)) && witnessesAgree(seen);
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

  /** Keeps what Begin_'s return found on the thread, before it removed a token. */
  found(label: string, report: BeginReturn, expected: Look['expected']): void {
    if (report.found === null)
      throw new Error(`${label}: Begin_’s return did not look at its thread`);
    const threadToken: PlainThreadToken = plainThreadToken(report.found);
    const ok = isAsExpected(threadToken, expected);
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
    // If the function ran on that thread, Begin_ has not returned.
    const ok =
      isFailure(outcome.hresult) === (expected === 'fails') && (await this.#ranOn(outcome, on));
    this.#keep(stepOf(name, outcome, expected, ok, given?.given ?? null));
    return outcome;
  }

  /** Judges the HRESULT of a step by its name in the Windows headers. */
  gives(label: string, outcome: StepOutcome, expected: readonly string[], given?: Given): void {
    const ok = expected.includes(outcome.code);
    this.#keep(stepOf(label, outcome, expected.join(' or '), ok, given?.given ?? null));
  }

  /** Calls a function that returns a boolean, and judges the result. */
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

  /** Signals, and judges on which thread Signal ran. */
  async signal(call: ServerCall, options: SignalOptions = {}): Promise<void> {
    const outcome = await call.attemptSignal(undefined, options);
    const elsewhere = !(await this.#ranOn(outcome, call));
    const ok = !isFailure(outcome.hresult) && elsewhere === (options.thread === 'completion');
    const expected = options.thread === 'completion' ? 'succeeds, on another thread' : 'succeeds';
    this.#keep(stepOf('Signal', outcome, expected, ok, null));
  }

  /** Lets the handler return, so that Begin_ returns, and waits for that. */
  async beginReturns(call: ServerCall): Promise<BeginReturn> {
    const returned = call.beginReturned();
    await this.#held.find((held) => held.call === call)?.letGo();
    return returned;
  }

  /**
   * Has all witnesses that can see the thread look at it after Begin_ has returned. On the system
   * path COM removes the token a little after Begin_ has reported its return, so the witnesses look
   * again for up to a second. COM may also end the thread.
   */
  async lookAfter({ after, threadId }: BeginReturn, given: Given = {}): Promise<Look> {
    const label = 'after Begin_ has returned';
    if (after !== null) {
      return this.lookAt(label, threadId, () => Promise.resolve(after), 'absent', given);
    }
    const overAt = performance.now() + patience;
    for (;;) {
      const { otherThread, otherProcess, furtherWitness } = await this.#seen(threadId, null, () =>
        threadToken(threadId, brief),
      );
      const seen: WitnessedTokens = {
        thread: null,
        otherThread: absentIfEnded(otherThread),
        otherProcess: absentIfEnded(otherProcess),
        furtherWitness: furtherWitness === null ? null : absentIfEnded(furtherWitness),
      };
      const absent = tokensSeen(seen).every((one) => isAsExpected(one, 'absent'));
      if (absent || performance.now() >= overAt) {
        return this.#keepLook(label, threadId, seen, 'absent', given.given);
      }
    }
  }

  /** Records a fact that is neither a look nor the HRESULT of a step. */
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

  /** Records a fact that nothing promises. It is not judged. */
  record(name: string, value: string): void {
    const known = this.recorded.some((one) => one.name === name && one.value === value);
    if (!known) this.recorded.push({ name, value });
  }

  /** The client process. */
  get client(): ClientOfScene {
    return this.#processes.client;
  }

  otherServer(security: SecurityOptions): Promise<OtherServer> {
    return this.#processes.otherServer(security);
  }

  /** Returns the SID of the account that the server runs as. */
  async ownAccount(): Promise<string> {
    return (await processToken()).user.sid;
  }

  /**
   * Records a judgement of what Windows itself does. `on` is the thread that it was seen on, or
   * `null` if it was not seen in this process. If Wine behaves differently, the rule is not
   * observable.
   */
  judge(on: CallThread | null, { label, expected, seen, ok }: Judgement): void {
    const { wine } = this.#processes;
    // What was seen of a call was seen on its thread, or through it.
    const threadId = on === null ? 0 : (this.#threadIds.get(on) ?? 0);
    const time = this.observations.reduce((last, one) => Math.max(last, timeOf(one)), 0);
    this.check(label, threadId, expected, seen, time, undefined, ok);
    if (!ok && wine !== null) {
      const message = `Wine ${wine}: ${label}: expected ${expected}, got ${seen}`;
      throw new NotObservable(message, this.observations.at(-1));
    }
  }

  /** Records the result of a step of the client that should succeed. */
  judgeClient(label: string, code: string): void {
    this.judge(null, { label, expected: 'S_OK', seen: code, ok: code === 'S_OK' });
    if (code !== 'S_OK') throw new Error(`${label} failed with ${code}`);
  }

  /** Ends everything that the scene left: threads, tokens, held calls. */
  async end(): Promise<void> {
    this.#stopWatching();
    for (const cleanUp of this.#cleanUps.reverse()) await cleanUp();
    await Promise.all(
      this.#held.map(async ({ call, letGo }) => {
        // This fails if Begin_ has returned. The thread then has no token to remove.
        await call.revertToSelf().catch(() => undefined);
        await letGo();
      }),
    );
  }

  #keep(observation: Observation): void {
    this.observations.push(observation);
    const { given, label, ok } = observation;
    if (given !== null && !ok) {
      throw new NotObservable(`needs ${given}, which does not hold here (${label})`, observation);
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
