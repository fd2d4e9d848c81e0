#include "client/call_group.h"

#include "client/outgoing_call.h"

namespace async_com {

bool CallGroup::Add(const std::shared_ptr<OutgoingCall>& call) {
  const std::lock_guard lock(mutex_);
  if (!cancelled_) {
    // A call that was lost without an end, out of memory, may have left its address here.
    calls_.insert_or_assign(call.get(), call);
  }
  return !cancelled_;
}

void CallGroup::Remove(const OutgoingCall* call) noexcept {
  const std::lock_guard lock(mutex_);
  calls_.erase(call);
}

void CallGroup::Cancel() noexcept {
  // Cancelling a call removes it, so each round ends at least one.
  for (;;) {
    std::shared_ptr<OutgoingCall> call;
    {
      const std::lock_guard lock(mutex_);
      cancelled_ = true;
      while (!calls_.empty() && call == nullptr) {
        call = calls_.begin()->second.lock();
        calls_.erase(calls_.begin());
      }
    }
    if (call == nullptr) {
      return;
    }
    call->Cancel();
  }
}

}  // namespace async_com
