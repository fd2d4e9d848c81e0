export { ComError, type ComErrorOptions, type ComErrorOrigin } from './com-error.js';
export type { Blanket, BlanketOptions } from './blanket.js';
export {
  CallThread,
  HelperThread,
  type ImpersonateOptions,
  type StepName,
  type StepValues,
} from './call-thread.js';
export { Token } from './token.js';
export { ClientCall, type FinishedCall } from './client-call.js';
export { type CallOptions, connect, Connection, type ConnectOptions } from './connection.js';
export type { BlanketNumbers, Hive } from './native.js';
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
  type ServerEvents,
  type ServerOptions,
} from './server.js';
export {
  type Capability,
  initializeSecurity,
  type ProcessSecurity,
  processSecurity,
  type SecurityOptions,
} from './security.js';
export type { AuthnLevel, ClientImpersonationLevel, Cloaking } from './security-names.js';
export { type BeginReturn, ServerCall, type SignalOptions } from './server-call.js';
export {
  serve,
  ServerHost,
  type ServeOptions,
  type ServerHostEvents,
  type ServeTimes,
  startedByCom,
} from './server-host.js';
export type * from './token-description.js';
export { processToken, threadToken, type TokenOptions } from './token-functions.js';
export type { Value } from './value.js';
