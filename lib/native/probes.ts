import type { NativeConnection } from './client.js';
import type { Outcome } from './outcome.js';
import type { NativeBlanket, NativeBlanketOptions } from './security.js';

/** What a call object of COM's own says of its blanket when one is set on it. */
export interface CallObjectBlankets {
  readonly before: NativeBlanket;
  readonly after: NativeBlanket;
  /** The proxy's, after that. */
  readonly proxyAfter: NativeBlanket;
}

/** The HRESULTs that `native/probes/call_factory.cpp` got, by what was asked. */
export interface CallFactoryProbe {
  readonly serverObject: number;
  readonly classObject: number;
  readonly asynchronous: number;
  readonly synchronous: number;
  readonly another: number;
  readonly nowhere: number;
  readonly aggregatedInterface: number;
  readonly serverAggregates: boolean;
  readonly clientAggregates: boolean;
}

/** What only `verify` asks of COM. */
export interface Probes {
  probeCallFactory(): Promise<Outcome<CallFactoryProbe>>;
  /** Sets a blanket on a call object of COM's own: `E_NOINTERFACE` where COM has none. */
  probeCallObjectBlanket(
    connection: NativeConnection,
    blanket: NativeBlanketOptions,
  ): Promise<Outcome<CallObjectBlankets>>;
}
