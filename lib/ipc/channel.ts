// The channel between the processes that this project starts: for verifications, doctor, the tests and
// the benchmark. Each side offers functions, and calls the functions of the other side.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, type Worker } from 'node:worker_threads';

import { type BirpcReturn, createBirpc } from 'birpc';

import { startNewProcess } from './start-new-process.js';

/** The functions of the other side. Each returns a promise. `asEvent` sends without an answer. */
export type Remote<Theirs extends object> = BirpcReturn<Theirs, object>;

/** One end of a channel: it sends messages to the other end and receives messages from it. */
interface End {
  send(message: unknown): void | Promise<void>;
  receive(listener: (message: unknown) => void): void;
}

/** The parts of an error that a message contains. */
export interface ErrorParts {
  readonly name: string;
  readonly message: string;
  readonly hresult?: number | undefined;
  readonly code?: string | undefined;
  readonly origin?: string | undefined;
  readonly source?: string | undefined;
}

/** An error that a function of the other side threw. */
export class RemoteError extends Error {
  readonly hresult: number | undefined;
  readonly code: string | undefined;
  readonly origin: string | undefined;
  readonly source: string | undefined;

  constructor(error: ErrorParts) {
    super(error.message);
    this.name = error.name;
    this.hresult = error.hresult;
    this.code = error.code;
    this.origin = error.origin;
    this.source = error.source;
  }
}

/** Returns the parts of an error that a message contains. */
export function partsOf(error: unknown): ErrorParts {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, hresult, code, origin, source } = error as ErrorParts;
  return { name, message, hresult, code, origin, source };
}

/**
 * Connects to a process that `fork` has started. When the process has ended, calls are
 * rejected with the error that `ended` returns.
 */
export function connectToChild<Theirs extends object>(
  child: ChildProcess,
  functions: object,
  ended: (exitCode: number | null) => Error,
): Remote<Theirs> {
  let error: Error | undefined;
  const remote = connect<Theirs>(
    {
      send: (message) => sendTo(child, message),
      receive: (listener) => child.on('message', listener),
    },
    functions,
    () => error,
  );
  // 'close' is emitted after the output of the process has ended. The error may quote that output.
  child.once('close', (exitCode) => {
    const reason = ended(exitCode);
    error = reason;
    void remote.$rejectPendingCalls(({ reject }) => {
      reject(reason);
    });
  });
  return remote;
}

/** Connects to a worker thread. */
export function connectToWorker<Theirs extends object>(
  worker: Worker,
  functions: object,
): Remote<Theirs> {
  return connect<Theirs>(
    {
      send: (message) => {
        worker.postMessage(message);
      },
      receive: (listener) => worker.on('message', listener),
    },
    functions,
  );
}

/** Connects to the process or the thread that started this one. */
export function connectToParent<Theirs extends object>(functions: object): Remote<Theirs> {
  if (isMainThread && process.send === undefined) {
    throw new Error('async-com starts this program itself; it cannot be run by hand');
  }
  return connect<Theirs>(
    {
      async send(message) {
        if (isMainThread) await sendTo(process, message);
        else parentPort?.postMessage(message);
      },
      receive(listener) {
        if (isMainThread) process.on('message', listener);
        else parentPort?.on('message', listener);
      },
    },
    functions,
  );
}

/** Ends this process when the process that started it has ended, or disconnects. */
export function endWithParent(): void {
  process.on('disconnect', () => process.exit());
}

/** A process that has reported that it is ready. */
export interface StartedProcess<Theirs extends object, Ready> {
  readonly process: ChildProcess;
  readonly remote: Remote<Theirs>;
  readonly ready: Ready;
}

/** The function of the parent that a started process calls once, when it is ready. */
export interface Parent<Ready = undefined> {
  ready(value: Ready): void;
}

/**
 * Starts a script in a process of its own. Resolves when the script calls its parent's `ready`.
 *
 * @param name - The process's name in error messages: `'the server process'`.
 * @throws Error - The process ended before it was ready.
 */
export async function startProcess<Theirs extends object, Ready = undefined>(
  script: URL,
  args: readonly string[],
  { name, env = process.env, functions = {} }: StartOptions,
): Promise<StartedProcess<Theirs, Ready>> {
  // Messages contain bigints, which JSON does not support.
  const child = startNewProcess(() =>
    fork(fileURLToPath(script), args, { serialization: 'advanced', env }),
  );
  let remote!: Remote<Theirs>;
  const ready = await new Promise<Ready>((resolve, reject) => {
    remote = connectToChild<Theirs>(child, { ...functions, ready: resolve }, (exitCode) => {
      reject(new Error(`${name} ended with exit code ${String(exitCode)} before it was ready`));
      return new Error(`${name} has ended`);
    });
  });
  return { process: child, remote, ready };
}

/**
 * Ends a process that `startProcess` has started: disconnects it, and kills it if it has not ended in
 * time. A process that {@link endWithParent} ends can finish its work before.
 */
export async function endProcess(child: ChildProcess, milliseconds: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  const timer = setTimeout(() => child.kill(), milliseconds);
  if (child.connected) child.disconnect();
  await ended;
  clearTimeout(timer);
}

interface StartOptions {
  readonly name: string;
  readonly env?: NodeJS.ProcessEnv;
  /** The functions that the started process can call, besides `ready`. */
  readonly functions?: object;
}

function connect<Theirs extends object>(
  end: End,
  functions: object,
  ended: () => Error | undefined = () => undefined,
): Remote<Theirs> {
  return createBirpc<Theirs, object>(functions, {
    post: async (message: { t: 'q' | 's' }) => {
      try {
        await end.send(message);
      } catch (error) {
        // The side that asked may have ended before it got its answer.
        if (message.t === 'q') throw ended() ?? error;
      }
    },
    on: (listener) => {
      end.receive(listener);
    },
    // An error's own properties are lost when it is cloned.
    serialize: (message: { e?: unknown }) =>
      'e' in message ? { ...message, e: partsOf(message.e) } : message,
    deserialize: (message: { e?: ErrorParts }) =>
      message.e === undefined ? message : { ...message, e: new RemoteError(message.e) },
    bind: 'functions',
    // Each caller sets its own time limit.
    timeout: -1,
  });
}

function sendTo(target: ChildProcess | NodeJS.Process, message: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    if (target.send === undefined || !target.connected) {
      reject(new Error('the other process has disconnected'));
      return;
    }
    // Without a callback, a failure would emit 'error' on the process.
    target.send(message as object, undefined, undefined, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}
