#pragma once

#include <windows.h>

#include <rpc.h>

#include <array>
#include <cstdint>
#include <functional>

#include "com/seam.h"

namespace async_com {

// Called on a thread of this file's own, which is in no apartment of COM. Must be short, and must
// not throw.
using ToldRpcNotification = std::function<void(RPC_NOTIFICATIONS)>;

// The subscriptions of a server to the notifications of RPC about one call: that the client has
// cancelled the call, and that it has disconnected. They do not depend on what the client passes.
// https://learn.microsoft.com/en-us/windows/win32/api/rpcasync/nf-rpcasync-rpcserversubscribefornotification
class RpcNotifications {
 public:
  RpcNotifications() = default;
  RpcNotifications(const RpcNotifications&) = delete;
  RpcNotifications& operator=(const RpcNotifications&) = delete;
  ~RpcNotifications() { Unsubscribe(); }

  // Calls `told` for each notification about `call`. Does nothing where the host has no
  // notifications or refuses the subscription. Must be called once, while the call is in progress.
  // Throws Win32Error, std::system_error and std::bad_alloc.
  void Subscribe(RPC_BINDING_HANDLE call, ToldRpcNotification told);
  // Must be called before the call completes: RPC's behaviour is undefined otherwise. Any thread
  // may call it. A function that is being told at that moment may go on.
  void Unsubscribe() noexcept;

 private:
  static constexpr std::array kAll{RpcNotificationCallCancel, RpcNotificationClientDisconnect};

  RPC_BINDING_HANDLE call_ = nullptr;
  std::uint64_t id_ = 0;  // 0 while there is no subscription
  std::array<bool, kAll.size()> subscribed_{};
};

// The functions of RPC. Null where the host lacks them.
struct RpcNotificationFunctions {
  using Subscribe = RPC_STATUS(RPC_ENTRY*)(RPC_BINDING_HANDLE, RPC_NOTIFICATIONS,
                                           RPC_NOTIFICATION_TYPES, RPC_ASYNC_NOTIFICATION_INFO*);
  using Unsubscribe = RPC_STATUS(RPC_ENTRY*)(RPC_BINDING_HANDLE, RPC_NOTIFICATIONS, unsigned long*);

  Subscribe subscribe = nullptr;
  Unsubscribe unsubscribe = nullptr;
};

extern Seam<RpcNotificationFunctions()> rpc_notification_functions;

}  // namespace async_com
