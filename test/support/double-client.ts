import { createRequire } from 'node:module';
import { resolve } from 'node:path';

import { Connection } from '#lib/client/connection.js';
import type { NativeConnection } from '#lib/native/client.js';
import { newClsid } from '#lib/value/identifiers.js';

import { until } from './until.js';

/** How a double of COM behaves at the client: native/testing/double_client_state.h. */
export interface DoubleOptions {
  readonly aggregates?: boolean;
  readonly innerSynchronize?: boolean;
  readonly synchronizeHandle?: boolean;
  readonly clientSecurity?: boolean;
  readonly setAtFirst?: boolean;
  readonly cancelCompletesInside?: boolean;
  readonly signals?: boolean;
  readonly callObjects?: number;
  readonly cancel?: number;
  readonly cancelled?: number;
  readonly begin?: number;
  readonly reset?: number;
  readonly signal?: number;
}

/** What a double has counted. */
export interface DoubleCounts {
  readonly created: number;
  readonly aggregated: number;
  readonly objects: number;
  readonly held: number;
  readonly begun: number;
  readonly finished: number;
  readonly synchronous: number;
  readonly cancelled: number;
  /** What the client did that COM does not allow. */
  readonly wrong: readonly string[];
}

interface DoubleAddon {
  connectToDouble(name: string, options: DoubleOptions): NativeConnection;
  letGoOfDouble(name: string): void;
  countsOfDouble(name: string): DoubleCounts;
}

const addon = createRequire(import.meta.url)(
  resolve('build/tests/build/Release/async_com.node'),
) as DoubleAddon;

/** A double of COM, as a client on Windows sees COM. It has a connection to itself. */
export class DoubleClient {
  readonly name: string;
  readonly connection: Connection;

  /** A worker of this process that gives the name of a double connects to that double. */
  constructor(options: DoubleOptions = {}, name: string = newClsid()) {
    this.name = name;
    this.connection = new Connection(addon.connectToDouble(name, options));
  }

  get counts(): DoubleCounts {
    return addon.countsOfDouble(this.name);
  }

  /** Completes the calls that are held. */
  letGo(): void {
    addon.letGoOfDouble(this.name);
  }

  /** Resolves when so many calls are held. */
  holds(count: number): Promise<void> {
    return until(() => this.counts.held === count, `${String(count)} calls are held`);
  }

  /** Closes the connection, and resolves when no call object exists any more. */
  async close(): Promise<void> {
    this.connection.close();
    await until(() => {
      this.letGo();
      return this.counts.objects === 0;
    }, 'no call object exists');
  }
}
