export { ComError, type ComErrorOptions, type ComErrorOrigin } from './errors/com-error.js';
export type { Blanket } from './security/blanket.js';
export type { BlanketOptions } from './security/blanket-options.js';
export { CallThread, HelperThread, type ImpersonateOptions } from './security/call-thread.js';
export type { StepName, StepValues } from './security/steps.js';
export { Token } from './security/call-thread.js';
export { ClientCall } from './client/client-call.js';
export type { FinishedCall } from './native/client.js';
export { connect, Connection } from './client/connection.js';
export type { ConnectOptions } from './client/activate.js';
export type { CallOptions } from './client/call-options.js';
export { createObject, RemoteObject } from './client/remote-object.js';
export { comObject, ComObject } from './value/com-object.js';
export type { BlanketNumbers } from './native/security.js';
export type { Hive } from './native/registry.js';
export type { Outcome } from './native/outcome.js';
export type { RegistryEntry } from './registration/entries.js';
export type { UnregisterOptions } from './registration/options.js';
export type { LeftValue } from './registration/changes.js';
export { register, type RegisterOptions, type Registration } from './registration/register.js';
export type { RegistryPlace } from './registration/registry.js';
export { unregister, type Unregistration } from './registration/unregister.js';
export {
  type CloseOptions,
  createServer,
  type ListenOptions,
  Server,
  type ServerEvents,
} from './server/server.js';
export type { Handler, ServerOptions } from './server/server-options.js';
export {
  type ArgumentsOf,
  automation,
  type ClassOptions,
  type MemberOptions,
  method,
  type Method,
  type MethodOptions,
  type ParameterTypes,
  property,
  type Property,
  type PropertyOptions,
} from './server/members.js';
export type { ServerClass } from './server/object-kind.js';
export type * from './automation/description.js';
export {
  type Capability,
  initializeSecurity,
  type ProcessSecurity,
  processSecurity,
  type SecurityOptions,
} from './security/process-security.js';
export type { AuthnLevel, ClientImpersonationLevel, Cloaking } from './security/names.js';
export { type BeginReturn, ServerCall, type SignalOptions } from './server/server-call.js';
export {
  serve,
  ServerHost,
  type ServeOptions,
  type ServerHostEvents,
  type ServeTimes,
  startedByCom,
} from './server/server-host.js';
export type * from './native/token-description.js';
export { processToken, threadToken, type TokenOptions } from './security/thread-token.js';
export {
  type Enumeration,
  type EnumerationMembers,
  Parameter,
  type Reference,
  t,
  Type,
  TypedValue,
  type TypeName,
} from './value/types.js';
export type { NumericArray, Value } from './value/value.js';
