#include "security/rpc_notifications.h"

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <thread>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "com/handle.h"
#include "com/lock.h"
#include "com/win32_error.h"

namespace async_com {

namespace {

// The calls whose notifications this process has subscribed to. RPC queues each notification to one
// completion port, with the id of its call. An id is never used again. So a notification that comes
// after its subscription has ended, which RPC allows, finds nothing.
class Subscribers {
 public:
  // Never destroyed, because its thread waits until the process ends.
  static Subscribers& OfProcess() {
    static auto& subscribers = *new Subscribers;
    return subscribers;
  }

  HANDLE Port() const noexcept { return port_.Get(); }

  std::uint64_t Add(ToldRpcNotification told) {
    const std::lock_guard lock(mutex_);
    told_.emplace(last_id_ + 1, std::move(told));
    return ++last_id_;
  }

  void Remove(std::uint64_t id) noexcept {
    ToldRpcNotification removed;  // Destroyed without the lock.
    const std::lock_guard lock(mutex_);
    const auto known = told_.find(id);
    if (known != told_.end()) {
      removed = std::move(known->second);
      told_.erase(known);
    }
  }

 private:
  Subscribers() : port_(CreateIoCompletionPort(INVALID_HANDLE_VALUE, nullptr, 0, 1)) {
    if (!port_) {
      ThrowLastError("CreateIoCompletionPort");
    }
    std::thread([this] { Work(); }).detach();
  }

  void Work() noexcept {
    for (;;) {
      DWORD notification = 0;
      ULONG_PTR id = 0;
      OVERLAPPED* none = nullptr;
      if (GetQueuedCompletionStatus(port_.Get(), &notification, &id, &none, INFINITE)) {
        Tell(id, static_cast<RPC_NOTIFICATIONS>(notification));
      }
    }
  }

  void Tell(std::uint64_t id, RPC_NOTIFICATIONS notification) noexcept {
    try {
      ToldRpcNotification told;
      {
        const std::lock_guard lock(mutex_);
        const auto known = told_.find(id);
        if (known != told_.end()) {
          told = known->second;
        }
      }
      if (told) {
        told(notification);
      }
    } catch (...) {
      // Out of memory. Nobody is told.
    }
  }

  const UniqueHandle port_;
  Lock mutex_;
  std::uint64_t last_id_ = 0;
  std::unordered_map<std::uint64_t, ToldRpcNotification> told_;
};

template <typename Function>
Function FunctionOfRpc(const char* name) noexcept {
  return reinterpret_cast<Function>(
      reinterpret_cast<void*>(GetProcAddress(GetModuleHandleW(L"rpcrt4.dll"), name)));
}

RpcNotificationFunctions FunctionsOfHost() {
  static const RpcNotificationFunctions functions{
      FunctionOfRpc<RpcNotificationFunctions::Subscribe>("RpcServerSubscribeForNotification"),
      FunctionOfRpc<RpcNotificationFunctions::Unsubscribe>("RpcServerUnsubscribeForNotification")};
  return functions;
}

}  // namespace

void RpcNotifications::Subscribe(RPC_BINDING_HANDLE call, ToldRpcNotification told) {
  const RpcNotificationFunctions functions = rpc_notification_functions();
  if (functions.subscribe == nullptr || functions.unsubscribe == nullptr) {
    return;
  }
  Subscribers& subscribers = Subscribers::OfProcess();
  id_ = subscribers.Add(std::move(told));
  call_ = call;
  for (std::size_t index = 0; index < kAll.size(); ++index) {
    RPC_ASYNC_NOTIFICATION_INFO info{};
    info.IOC.hIOPort = subscribers.Port();
    info.IOC.dwNumberOfBytesTransferred = static_cast<DWORD>(kAll[index]);
    info.IOC.dwCompletionKey = id_;
    subscribed_[index] =
        functions.subscribe(call, kAll[index], RpcNotificationTypeIoc, &info) == RPC_S_OK;
  }
}

void RpcNotifications::Unsubscribe() noexcept {
  if (id_ == 0) {
    return;
  }
  const RpcNotificationFunctions functions = rpc_notification_functions();
  for (std::size_t index = 0; index < kAll.size(); ++index) {
    if (std::exchange(subscribed_[index], false)) {
      unsigned long queued = 0;
      std::ignore = functions.unsubscribe(call_, kAll[index], &queued);
    }
  }
  Subscribers::OfProcess().Remove(std::exchange(id_, 0));
}

constinit Seam<RpcNotificationFunctions()> rpc_notification_functions(FunctionsOfHost);

}  // namespace async_com
