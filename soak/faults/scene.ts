// The processes that faults happen to, and beside them those to which nothing happens.
import assert from 'node:assert/strict';

import { newClsid } from '#lib/value/identifiers.js';

import { type Way, ways } from '../calls/ways.js';
import type { Counts } from '../part.js';
import {
  type NativeProcess,
  type NodeProcess,
  Processes,
  startClient,
  startPlainClient,
  startPlainServer,
  startServer,
  startWorkerHost,
} from '../processes.js';
import type { ClientFunctions } from '../processes/client.js';
import type { ServerFunctions } from '../processes/server.js';
import type { WorkerHostFunctions } from '../processes/worker-host.js';

/** A server that lives through the faults of others, and what it held before them. */
export interface Survivor {
  readonly clsid: string;
  readonly server: NodeProcess<ServerFunctions>;
  readonly comObjects: number;
}

export interface Scene extends AsyncDisposable {
  readonly survivor: Survivor;
  /** The C++ server. */
  readonly plain: NativeProcess;
  readonly plainClsid: string;
  /** A client to which nothing happens. */
  readonly caller: NodeProcess<ClientFunctions>;
  readonly workerHost: NodeProcess<WorkerHostFunctions>;
  /** How often a client has connected to each server. The host may keep something of each time. */
  readonly connections: Record<ServerName, number>;
}

export type ServerName = 'TypeScript server' | 'C++ server';

export async function startScene(): Promise<Scene> {
  const processes = new Processes();
  const [clsid, plainClsid] = [newClsid(), newClsid()];
  const server = await processes.add(startServer(clsid));
  const { comObjects } = await server.answer(server.remote.state());
  const plain = await processes.add(startPlainServer(plainClsid));
  const caller = await processes.add(startClient());
  const workerHost = await processes.add(startWorkerHost());
  return {
    survivor: { clsid, server, comObjects },
    plain,
    plainClsid,
    caller,
    workerHost,
    connections: { 'TypeScript server': 0, 'C++ server': 0 },
    [Symbol.asyncDispose]: () => processes[Symbol.asyncDispose](),
  };
}

/** Does the faults of one sort. Returns what was done, by what it was. */
export type Faults = (scene: Scene, random: () => number) => Promise<Counts>;

/** A server does not accept a new client any more. Wine's own server can come to that. */
export class Unreachable extends Error {
  readonly server: ServerName;

  constructor(server: ServerName, cause: unknown) {
    super(`the ${server} lets no client connect: ${(cause as Error).message}`, { cause });
    this.server = server;
  }
}

/** Starts a C++ client of a server. @throws Unreachable - It cannot connect. */
export async function startClientOf(scene: Scene, server: ServerName): Promise<NativeProcess> {
  ++scene.connections[server];
  try {
    return await startPlainClient(
      server === 'C++ server' ? scene.plainClsid : scene.survivor.clsid,
    );
  } catch (error) {
    throw new Unreachable(server, error);
  }
}

/**
 * Connects to a server, calls once, and closes the connection.
 *
 * @throws AssertionError - The server returned something else.
 */
export async function control(scene: Scene, server: ServerName, milliseconds?: number) {
  ++scene.connections[server];
  const clsid = server === 'C++ server' ? scene.plainClsid : scene.survivor.clsid;
  const { caller } = scene;
  assert.equal(await caller.answer(caller.remote.control(clsid), milliseconds), 'control');
}

let lastName = 0;

/** Returns names for calls that are held. No other call of this run has them. */
export function newNames(count: number): string[] {
  return Array.from({ length: count }, () => `held ${String(++lastName)}`);
}

export function randomWay(random: () => number, among: readonly Way[] = ways): Way {
  return among[Math.floor(random() * among.length)] ?? 'plain';
}

/** Without `signalled`: then the client has its answer, and nobody tells the handler of its end. */
export const unanswered = ways.filter((way) => way !== 'signalled');
