export { ComError, type ComErrorOptions, type ComErrorOrigin } from './com-error.js';
export { CallThread, HelperThread, type StepName } from './call-thread.js';
export { ClientToken } from './client-token.js';
export { ClientCall } from './client-call.js';
export { type CallOptions, connect, Connection } from './connection.js';
export type { ClientBlanketNumbers } from './native.js';
export type { Outcome } from './outcome.js';
export {
  type CloseOptions,
  createServer,
  type Handler,
  Server,
  type ServerOptions,
} from './server.js';
export { type BeginReturn, ServerCall, type SignalOptions } from './server-call.js';
export type * from './token.js';
export { processToken, threadToken, type TokenOptions } from './token-functions.js';
export type { Value } from './value.js';
