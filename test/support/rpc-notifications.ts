import { createRequire } from 'node:module';
import { resolve } from 'node:path';

/** What a server has subscribed to: native/testing/double/rpc_notifications_double.h. */
export interface RpcNotifications {
  /** In the order in which they were made. */
  readonly subscriptions: readonly {
    readonly notification: 'cancel' | 'disconnect';
    readonly active: boolean;
  }[];
  /** What the server did that RPC does not allow. */
  readonly complaints: readonly string[];
}

export interface RpcNotificationsOptions {
  /** Every subscription fails. */
  readonly refuses?: boolean;
  /** As if the server never unsubscribed. */
  readonly ignoresUnsubscribe?: boolean;
}

interface Addon {
  rpcNotifications(): RpcNotifications;
  sendRpcNotification(subscription: number): boolean;
  setRpcNotifications(options: RpcNotificationsOptions): void;
  /** Whether this host has notifications of RPC. */
  hasRpcNotifications(): boolean;
}

/** The double of RPC's notifications in this process, and what the host itself has. */
export const rpcNotifications = createRequire(import.meta.url)(
  resolve('build/tests/build/Release/async_com.node'),
) as Addon;
