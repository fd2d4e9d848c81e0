#pragma once

#include <memory>
#include <mutex>
#include <unordered_map>

#include "com/lock.h"

namespace async_com {

// A call that ends when its environment ends.
class GroupedCall {
 public:
  // Any thread may call it. Does not wait for the server.
  virtual void EnvironmentEnded() noexcept = 0;

 protected:
  ~GroupedCall() = default;
};

// The outgoing calls of one environment: they end when it ends. Any thread may use it.
class CallGroup {
 public:
  // Returns false if the group was cancelled. The call must not start then.
  bool Add(const std::shared_ptr<GroupedCall>& call);
  void Remove(const GroupedCall* call) noexcept;

  // Cancels every call, and lets no more calls start. Does not wait for any server.
  void Cancel() noexcept;

 private:
  Lock mutex_;
  bool cancelled_ = false;
  std::unordered_map<const GroupedCall*, std::weak_ptr<GroupedCall>> calls_;
};

}  // namespace async_com
