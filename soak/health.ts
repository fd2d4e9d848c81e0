// What must be true of a server of async-com when nobody calls it.
import { threadToken } from 'async-com';

import { type Resources, testAddon } from '#test/support/test-addon.js';
import { until } from '#test/support/until.js';

import type { Growth } from './part.js';
import type { NodeProcess } from './processes.js';
import type { ServerFunctions, ServerState } from './processes/server.js';

/**
 * Waits until the server has no call in progress, no more COM objects than `comObjects`, and no
 * token on any thread.
 *
 * @throws Error - That does not become true. The message says what was seen last.
 */
export async function becomesIdle(
  server: NodeProcess<ServerFunctions>,
  comObjects: number,
  milliseconds = 10_000,
): Promise<void> {
  let state: ServerState | undefined;
  try {
    await until(
      async () => {
        state = await server.answer(server.remote.state());
        const { callsInProgress, running } = state;
        if (callsInProgress > 0 || running > 0) return false;
        if (state.comObjects <= comObjects) return true;
        await server.answer(server.remote.collectGarbage());
        return false;
      },
      'the server is idle',
      milliseconds,
    );
  } catch (error) {
    const seen = `${JSON.stringify(state)}, with ${String(comObjects)} COM objects at first`;
    throw new Error(`${(error as Error).message}: ${seen}`, { cause: error });
  }
  await until(
    async () => (await threadsWithToken(server.pid)).length === 0,
    'no thread of the server has a token',
    milliseconds,
  );
}

/** Returns the threads of a process that have a token. */
export async function threadsWithToken(pid: number): Promise<number[]> {
  const found: number[] = [];
  for (const id of testAddon.threadIdsOf(pid)) {
    // A thread may end before it is asked.
    const token = await threadToken(id, { detail: 'brief' }).catch(() => undefined);
    if (token?.state === 'present') found.push(id);
  }
  return found;
}

/** Measures by how much more a process holds from now on. */
export class GrowthMeter {
  readonly #pid: number;
  readonly #before: Resources;

  constructor(pid: number) {
    this.#pid = pid;
    this.#before = testAddon.resourcesOf(pid);
  }

  since(units: number): Growth {
    const now = testAddon.resourcesOf(this.#pid);
    return {
      units,
      handles: now.handles - this.#before.handles,
      threads: now.threads - this.#before.threads,
      bytes: now.bytes - this.#before.bytes,
    };
  }
}
