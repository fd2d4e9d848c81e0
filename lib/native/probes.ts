import type { NativeConnection } from './client.js';
import type { Outcome } from './outcome.js';
import type { NativeBlanket, NativeBlanketOptions } from './security.js';

/** The blankets that were read while one was set on a call object of COM. */
export interface CallObjectBlankets {
  /** The call object's blanket, before. */
  readonly before: NativeBlanket;
  /** The call object's blanket, after. */
  readonly after: NativeBlanket;
  /** The proxy's blanket, after. */
  readonly proxyAfter: NativeBlanket;
}

/** The HRESULTs that `native/probes/call_factory.cpp` got. */
export interface CallFactoryProbe {
  /** `QueryInterface` for `ICallFactory`, on a server object. */
  readonly serverObject: number;
  /** `QueryInterface` for `ICallFactory`, on a class object. */
  readonly classObject: number;
  /** `CreateCall` for `AsyncIMethodCall`. */
  readonly asynchronous: number;
  /** `CreateCall` for `IMethodCall`. */
  readonly synchronous: number;
  /** `CreateCall` for `ISynchronize`, which is not an asynchronous interface. */
  readonly another: number;
  /** `CreateCall` with a null pointer for the result. */
  readonly nowhere: number;
  /** `CreateCall` with a controlling unknown, for `AsyncIMethodCall`. */
  readonly aggregatedInterface: number;
  /** `CreateCall` with a controlling unknown, for an interface that the call object does not have. */
  readonly aggregatedOther: number;
  /** `CreateCall` for `AsyncIMethodCall`, asked for `ISynchronize`. */
  readonly asSynchronize: number;
  /** The same, asked for `AsyncIMethodCall`. */
  readonly asAsynchronous: number;
  /** The same, asked for `IMethodCall`. */
  readonly asOther: number;
  /** `QueryInterface` of each interface of a call object for each other one: the first failure. */
  readonly serverInterfaces: number;
  readonly clientInterfaces: number;
  /** `E_UNEXPECTED` if two interfaces of a call object have another `IUnknown`. */
  readonly serverIdentity: number;
  readonly clientIdentity: number;
  /** Whether a server call object can be aggregated. */
  readonly serverAggregates: boolean;
  /** Whether async-com's client call object can be aggregated. */
  readonly clientAggregates: boolean;
}

/** The questions that only `verify` asks COM. */
export interface Probes {
  probeCallFactory(): Promise<Outcome<CallFactoryProbe>>;
  /** Sets a blanket on a call object of COM. Fails with `E_NOINTERFACE` if COM has none. */
  probeCallObjectBlanket(
    connection: NativeConnection,
    blanket: NativeBlanketOptions,
  ): Promise<Outcome<CallObjectBlankets>>;
}
