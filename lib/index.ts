export { ComError, type ComErrorOptions, type ComErrorOrigin } from './com-error.js';
export { CallThread, HelperThread, type StepName } from './call-thread.js';
export { ClientToken } from './client-token.js';
export { connect, Connection } from './connection.js';
export type { ClientBlanketNumbers } from './native.js';
export type { Outcome } from './outcome.js';
export {
  register,
  type RegisterOptions,
  type RegistryEntry,
  type RegistryPlace,
  unregister,
  type UnregisterOptions,
} from './registration.js';
export {
  type CloseOptions,
  createServer,
  type Handler,
  type ListenOptions,
  Server,
  type ServerOptions,
} from './server.js';
export { type BeginReturn, ServerCall, type SignalOptions } from './server-call.js';
export { serve, ServerHost, type ServeOptions, startedByCom } from './server-host.js';
export type * from './token.js';
export { processToken, threadToken, type TokenOptions } from './token-functions.js';
export type { Value } from './value.js';
