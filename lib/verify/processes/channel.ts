// How processes talk that this project starts: those of a verification, of the tests and of the
// benchmark. Each side offers functions, and calls the functions of the other side.
import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { isMainThread, parentPort, type Worker } from 'node:worker_threads';

import { type BirpcReturn, createBirpc } from 'birpc';

/** The functions of the other side. Each returns a promise; `asEvent` sends without an answer. */
export type Remote<Theirs extends object> = BirpcReturn<Theirs, object>;

/** One end of a channel: it sends messages to the other end and receives messages from it. */
interface End {
  send(message: unknown): void | Promise<void>;
  receive(listener: (message: unknown) => void): void;
}

/** What of an error a message carries. */
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

export function partsOf(error: unknown): ErrorParts {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const { name, message, hresult, code, origin, source } = error as ErrorParts;
  return { name, message, hresult, code, origin, source };
}

/**
 * Connects to a process that `fork` has started. `ended` makes the error that calls are rejected with
 * once the process has ended.
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
  // 'close' comes after the output of the process, which the error may quote.
  child.once('close', (exitCode) => {
    const reason = ended(exitCode);
    error = reason;
    void remote.$rejectPendingCalls(({ reject }) => {
      reject(reason);
    });
  });
  return remote;
}

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

/** Connects to the process, or the thread, that has started this one. */
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

/** A process that has said that it is ready. */
export interface StartedProcess<Theirs extends object, Ready> {
  readonly process: ChildProcess;
  readonly remote: Remote<Theirs>;
  readonly ready: Ready;
}

/** The function of the parent that a started process calls once. */
export interface Parent<Ready = undefined> {
  ready(value: Ready): void;
}

/**
 * Starts a script in a process of its own. Resolves when the script calls `ready` of its parent.
 *
 * @param name - The process's name in error messages: `'the server process'`.
 * @throws Error - The process ended before it was ready.
 */
export async function startProcess<Theirs extends object, Ready = undefined>(
  script: URL,
  args: readonly string[],
  { name, env = process.env, functions = {} }: StartOptions,
): Promise<StartedProcess<Theirs, Ready>> {
  // Messages contain bigints, which JSON cannot carry.
  const child = fork(fileURLToPath(script), args, { serialization: 'advanced', env });
  let remote!: Remote<Theirs>;
  const ready = await new Promise<Ready>((resolve, reject) => {
    remote = connectToChild<Theirs>(child, { ...functions, ready: resolve }, (exitCode) => {
      reject(new Error(`${name} ended at its start, with exit code ${String(exitCode)}`));
      return new Error(`${name} has ended`);
    });
  });
  return { process: child, remote, ready };
}

interface StartOptions {
  readonly name: string;
  readonly env?: NodeJS.ProcessEnv;
  /** What the started process can call, besides `ready`. */
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
    // Who calls sets its own time limit.
    timeout: -1,
  });
}

function sendTo(target: ChildProcess | NodeJS.Process, message: unknown): Promise<void> {
  return new Promise((resolve, reject) => {
    if (target.send === undefined || !target.connected) {
      reject(new Error('the other process has disconnected'));
      return;
    }
    // Without a callback a failure would be an 'error' event of the process.
    target.send(message as object, undefined, undefined, (error) => {
      if (error === null) resolve();
      else reject(error);
    });
  });
}
