#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <utility>

#include "client/call_group.h"
#include "com/lock.h"
#include "value/call_result.h"

namespace async_com {

// A call that this process waits for. It ends once: with its reply, or with the reason why there is
// none. Any thread may end it.
class PendingCall : public GroupedCall {
 public:
  // Called once, on the thread that ends the call.
  using Ended = std::function<void(CallResult)>;

  PendingCall(std::shared_ptr<CallGroup> calls, Ended ended)
      : calls_(std::move(calls)), ended_(std::move(ended)) {}
  PendingCall(const PendingCall&) = delete;
  PendingCall& operator=(const PendingCall&) = delete;

 protected:
  ~PendingCall() = default;

  bool HasEnded() noexcept {
    const std::lock_guard lock(mutex_);
    return !ended_;
  }

  // Returns false if the call had ended before. The result is then dropped.
  bool End(CallResult result) noexcept {
    Ended ended;
    {
      const std::lock_guard lock(mutex_);
      ended.swap(ended_);
    }
    if (!ended) {
      return false;
    }
    calls_->Remove(this);
    ended(std::move(result));
    return true;
  }

  CallGroup& Calls() const noexcept { return *calls_; }

 private:
  const std::shared_ptr<CallGroup> calls_;
  Lock mutex_;
  Ended ended_;  // empty once it was called
};

}  // namespace async_com
