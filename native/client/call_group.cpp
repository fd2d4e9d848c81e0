#include "client/call_group.h"

namespace async_com {

bool CallGroup::Add(const std::shared_ptr<GroupedCall>& call) {
  const std::lock_guard lock(mutex_);
  if (!cancelled_) {
    // A call that was lost without an end, out of memory, may have left its address here.
    calls_.insert_or_assign(call.get(), call);
  }
  return !cancelled_;
}

void CallGroup::Remove(const GroupedCall* call) noexcept {
  const std::lock_guard lock(mutex_);
  calls_.erase(call);
}

void CallGroup::Cancel() noexcept {
  // Each round removes at least one call.
  for (;;) {
    std::shared_ptr<GroupedCall> call;
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
    call->EnvironmentEnded();
  }
}

}  // namespace async_com
