import assert from 'node:assert/strict';
import { ComError, connect, type Connection } from 'async-com';

/** How a call ends whose server ends: it still said so, or it could not any more. */
export const endedByServer = ['CO_E_SERVER_STOPPING', 'RPC_S_CALL_FAILED'];

/** How a call ends that finds no server, or one that is on its way out. */
export const serverGone = [
  ...endedByServer,
  'RPC_S_SERVER_UNAVAILABLE',
  'RPC_S_SERVER_TOO_BUSY', // Wine's way of the one before
  'RPC_E_DISCONNECTED',
  'RPC_S_UNKNOWN_IF', // Wine's way of the one before
  'ERROR_NOACCESS', // Wine's way, where the object is cut off as a call is on its way to it
  'CO_E_OBJNOTCONNECTED',
];

/** How an activation ends that finds none. */
export const classGone = [
  ...serverGone,
  'REGDB_E_CLASSNOTREG',
  'CO_E_SERVER_EXEC_FAILURE',
  'E_FAIL', // Wine's way, where the class goes in the middle of it
];

interface Failure {
  readonly code: string;
  readonly message: string;
}

/** How `promise` rejects, which must be with a ComError that no handler made. */
async function failureOf(promise: Promise<unknown>): Promise<Failure | undefined> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    assert.ok(error instanceof ComError, String(error));
    assert.equal(error.origin, 'call');
    return error;
  }
}

/** Asserts that `promise` rejects with one of `codes`. */
export async function rejectsWithOneOf(
  codes: readonly string[],
  promise: Promise<unknown>,
): Promise<void> {
  const failure = await failureOf(promise);
  assert.ok(failure !== undefined, 'it did not fail');
  assert.ok(codes.includes(failure.code), failure.message);
}

/** Calls again and again, several at a time, until a call fails; gives how many did not. */
export async function callUntilItFails(connection: Connection): Promise<number> {
  let answered = 0;
  const one = async () => {
    for (;;) {
      await connection.call('echo', answered);
      ++answered;
    }
  };
  await Promise.all(Array.from({ length: 4 }, () => rejectsWithOneOf(serverGone, one())));
  return answered;
}

/** Connects and calls again and again, until the class is gone; gives how often it worked. */
export async function connectUntilGone(clsid: string): Promise<number> {
  let connected = 0;
  let lastConnected = performance.now();
  const once = async () => {
    using connection = await connect(clsid);
    await connection.call('echo');
  };
  for (;;) {
    const failure = await failureOf(once());
    if (failure?.code === 'REGDB_E_CLASSNOTREG') return connected;
    if (failure === undefined) {
      ++connected;
      lastConnected = performance.now();
    } else {
      assert.ok(classGone.includes(failure.code), failure.message);
      // Wine keeps the class of a server that was killed, for ever.
      const vain = performance.now() - lastConnected;
      assert.ok(vain < 20_000, `${failure.code}, and nothing else since ${Math.round(vain)} ms`);
    }
  }
}
