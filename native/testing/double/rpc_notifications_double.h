#pragma once

#include <windows.h>

#include <rpc.h>

#include <cstddef>
#include <string>
#include <vector>

namespace async_com {

// A double of the functions by which a server subscribes to notifications of RPC, for hosts that
// lack them. RPC itself never notifies here: a test does so with SendRpcNotification. It does what
// is documented of RpcServerSubscribeForNotification and RpcServerUnsubscribeForNotification, with
// explicit handles and completion ports.

struct RpcNotificationsOptions {
  bool refuses = false;              // every subscription fails
  bool ignores_unsubscribe = false;  // for a control: as if the server never unsubscribed
};

// One subscription, in the order in which they were made.
struct RpcSubscription {
  RPC_BINDING_HANDLE call = nullptr;
  RPC_NOTIFICATIONS notification = RpcNotificationCallNone;
  RPC_ASYNC_NOTIFICATION_INFO info{};
  bool active = false;
};

// ASYNC_COM_DOUBLE=notifications in the environment installs it. The test addon calls this when it
// is loaded.
void InstallRpcNotificationsDouble() noexcept;

void SetRpcNotificationsOptions(const RpcNotificationsOptions& options) noexcept;
std::vector<RpcSubscription> RpcSubscriptions();
// Queues a notification, also one that is late: RPC may do so after the subscription has ended.
// Returns false if there is no such subscription.
bool SendRpcNotification(std::size_t subscription);
// What the server did that is not allowed.
std::vector<std::string> RpcNotificationComplaints();

}  // namespace async_com
