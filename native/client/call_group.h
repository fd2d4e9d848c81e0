#pragma once

#include <memory>
#include <mutex>
#include <unordered_map>

#include "com/lock.h"

namespace async_com {

class OutgoingCall;

// The outgoing calls of one environment: they end when it ends. Any thread may use it.
class CallGroup {
 public:
  // Returns false if the group was cancelled. The call must not start then.
  bool Add(const std::shared_ptr<OutgoingCall>& call);
  void Remove(const OutgoingCall* call) noexcept;

  // Cancels every call, and lets no more calls start. Does not wait for any server.
  void Cancel() noexcept;

 private:
  Lock mutex_;
  bool cancelled_ = false;
  std::unordered_map<const OutgoingCall*, std::weak_ptr<OutgoingCall>> calls_;
};

}  // namespace async_com
