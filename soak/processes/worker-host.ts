// A process that runs the server or the client of the soak in a worker thread, and terminates it.
import { Worker } from 'node:worker_threads';

import { connect } from 'async-com';

import { connectToParent, connectToWorker, endWithParent, type Parent } from '#lib/ipc/channel.js';

import type { ClientFunctions } from './client.js';

let worker: Worker | undefined;

/** Starts a script in the worker thread. Resolves when it is ready. */
async function start<Functions extends object>(script: string, ...argv: string[]) {
  const started = new Worker(new URL(`./${script}.js`, import.meta.url), { argv });
  worker = started;
  let ready!: () => void;
  const isReady = new Promise<void>((resolve, reject) => {
    ready = resolve;
    started.once('error', reject);
  });
  const remote = connectToWorker<Functions>(started, { ready });
  await isReady;
  return remote;
}

const functions = {
  async startServer(clsid: string) {
    await start('server', clsid);
  },

  /** Starts a client in the worker. It has calls in progress when this function returns. */
  async startClient(clsid: string, names: readonly string[], way: string, untilHeld: boolean) {
    const remote = await start<ClientFunctions>('client');
    await remote.hold(clsid, names, way, untilHeld);
  },

  async terminate() {
    await worker?.terminate();
    worker = undefined;
  },

  /** Connects and calls from the main thread. Returns what the call returned. */
  async control(clsid: string) {
    using connection = await connect(clsid);
    return await connection.call('echoOne', 'control');
  },
};

/** The functions that the soak can call in this process. */
export type WorkerHostFunctions = typeof functions;

endWithParent();
await connectToParent<Parent>(functions).ready.asEvent(undefined);
