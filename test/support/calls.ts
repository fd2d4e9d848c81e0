import assert from 'node:assert/strict';
import { ComError, connect, type Connection } from 'async-com';

/**
 * The codes of a call whose server ends. The server still answered, or it could not answer any
 * more.
 */
export const endedByServer = ['CO_E_SERVER_STOPPING', 'RPC_S_CALL_FAILED'];

/** The codes of a call whose server has gone or is ending. */
export const serverGone = [
  ...endedByServer,
  'RPC_S_SERVER_UNAVAILABLE',
  'RPC_S_SERVER_TOO_BUSY', // Wine's code for the previous case
  'RPC_E_DISCONNECTED',
  'RPC_S_UNKNOWN_IF', // Wine's code for the previous case
  'ERROR_NOACCESS', // Wine's code if the object is disconnected while a call is on its way
  'CO_E_OBJNOTCONNECTED',
];

/** The codes of an activation that finds no server. */
export const classGone = [
  ...serverGone,
  'REGDB_E_CLASSNOTREG',
  'CO_E_SERVER_EXEC_FAILURE',
  'E_FAIL', // Wine's code if the class is revoked during the activation
];

interface Failure {
  readonly code: string;
  readonly message: string;
}

/** Returns the error of `promise`, which must be a ComError that no handler caused. */
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
  assert.ok(failure !== undefined, 'the promise did not reject');
  assert.ok(codes.includes(failure.code), failure.message);
}

/** Makes calls, four at a time, until they fail. Returns the number of calls that succeeded. */
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

/** Connects and calls until the class is gone. Returns the number of times that succeeded. */
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
      // Wine keeps the class of a killed server for ever.
      const failing = performance.now() - lastConnected;
      assert.ok(failing < 20_000, `only ${failure.code} for ${Math.round(failing)} ms`);
    }
  }
}
