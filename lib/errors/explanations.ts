/** What the codes mean that a user of the library meets most often. */
const explanations: Readonly<Record<string, string>> = {
  CO_E_CLASSSTRING: 'the ProgID is not registered',
  CO_E_OBJISREG: 'this process has registered the class before',
  CO_E_OBJNOTCONNECTED: 'the connection is closed',
  CO_E_SERVER_EXEC_FAILURE: 'COM started the program, but it did not become a server',
  CO_E_SERVER_STOPPING: 'the server is closing',
  DISP_E_BADPARAMCOUNT:
    'the member takes fewer arguments; no handler can get more than 10000, so send an array instead',
  DISP_E_MEMBERNOTFOUND: 'the server has no such method',
  E_ACCESSDENIED: 'access is denied',
  ERROR_NO_TOKEN: 'the thread has no token; call impersonateClient() first',
  REGDB_E_CLASSNOTREG: 'the class is not registered, and no server hosts it',
  RPC_E_DISCONNECTED: 'the server has ended, or has disconnected its clients',
  RPC_E_SERVERCALL_RETRYLATER: 'the server has too many calls in progress; try again later',
  RPC_S_CALL_FAILED: 'the server’s process ended during the call',
  RPC_S_SERVER_UNAVAILABLE: 'the server’s process, or its computer, cannot be reached',
};

/** Returns what a code means, to be put at the end of a message. Empty for other codes. */
export function explanationOf(code: string): string {
  const known = explanations[code];
  return known === undefined ? '' : `: ${known}`;
}
