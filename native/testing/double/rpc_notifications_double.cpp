#include "testing/double/rpc_notifications_double.h"

#include <algorithm>
#include <mutex>

#include "com/lock.h"
#include "security/rpc_notifications.h"

namespace async_com {

namespace {

// Never destroyed, because calls may end while the process exits.
struct Double {
  Lock mutex;
  RpcNotificationsOptions options;
  std::vector<RpcSubscription> subscriptions;
  std::vector<std::string> complaints;

  static Double& OfProcess() {
    static auto& one = *new Double;
    return one;
  }

  auto Active(RPC_BINDING_HANDLE call, RPC_NOTIFICATIONS notification) {
    return std::find_if(subscriptions.begin(), subscriptions.end(), [&](const auto& one) {
      return one.active && one.call == call && one.notification == notification;
    });
  }
};

bool IsSupported(RPC_NOTIFICATIONS notification) noexcept {
  return notification == RpcNotificationCallCancel ||
         notification == RpcNotificationClientDisconnect;
}

RPC_STATUS RPC_ENTRY Subscribe(RPC_BINDING_HANDLE call, RPC_NOTIFICATIONS notification,
                               RPC_NOTIFICATION_TYPES type, RPC_ASYNC_NOTIFICATION_INFO* info) {
  Double& own = Double::OfProcess();
  const std::lock_guard lock(own.mutex);
  if (own.options.refuses || !IsSupported(notification)) {
    return RPC_S_CANNOT_SUPPORT;
  }
  if (call == nullptr || type != RpcNotificationTypeIoc || info == nullptr ||
      info->IOC.hIOPort == nullptr) {
    own.complaints.emplace_back("subscribed with an argument that is not valid");
    return RPC_S_INVALID_ARG;
  }
  if (own.Active(call, notification) != own.subscriptions.end()) {
    own.complaints.emplace_back("subscribed twice, or a call ended with its subscription");
  }
  own.subscriptions.push_back({call, notification, *info, true});
  return RPC_S_OK;
}

RPC_STATUS RPC_ENTRY Unsubscribe(RPC_BINDING_HANDLE call, RPC_NOTIFICATIONS notification,
                                 unsigned long* queued) {
  Double& own = Double::OfProcess();
  const std::lock_guard lock(own.mutex);
  if (queued == nullptr) {
    own.complaints.emplace_back("unsubscribed without asking how much is queued");
    return RPC_S_INVALID_ARG;
  }
  *queued = 0;
  if (own.options.ignores_unsubscribe) {
    return RPC_S_OK;
  }
  const auto known = own.Active(call, notification);
  if (known == own.subscriptions.end()) {
    own.complaints.emplace_back("unsubscribed what was not subscribed");
    return RPC_S_INVALID_BINDING;
  }
  known->active = false;
  return RPC_S_OK;
}

}  // namespace

void InstallRpcNotificationsDouble() noexcept {
  rpc_notification_functions.Replace([] {
    return RpcNotificationFunctions{&Subscribe, &Unsubscribe};
  });
}

void SetRpcNotificationsOptions(const RpcNotificationsOptions& options) noexcept {
  Double& own = Double::OfProcess();
  const std::lock_guard lock(own.mutex);
  own.options = options;
}

std::vector<RpcSubscription> RpcSubscriptions() {
  Double& own = Double::OfProcess();
  const std::lock_guard lock(own.mutex);
  return own.subscriptions;
}

bool SendRpcNotification(std::size_t subscription) {
  Double& own = Double::OfProcess();
  RPC_ASYNC_NOTIFICATION_INFO info{};
  {
    const std::lock_guard lock(own.mutex);
    if (subscription >= own.subscriptions.size()) {
      return false;
    }
    info = own.subscriptions[subscription].info;
  }
  return PostQueuedCompletionStatus(info.IOC.hIOPort, info.IOC.dwNumberOfBytesTransferred,
                                    info.IOC.dwCompletionKey, info.IOC.lpOverlapped) != 0;
}

std::vector<std::string> RpcNotificationComplaints() {
  Double& own = Double::OfProcess();
  const std::lock_guard lock(own.mutex);
  return own.complaints;
}

}  // namespace async_com
